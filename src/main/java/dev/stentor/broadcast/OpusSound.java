package dev.stentor.broadcast;

import java.util.List;

/**
 * Packets of Opus, 20 ms each, as they are heard by those who speak no protocol.
 *
 * @param packets in order; never to be changed. Of the first sound of a stream, those that only make the decoder right: as many as there
 *     are, up to four. One packet else
 * @param pause whether nothing may follow for a while
 */
public record OpusSound(List<byte[]> packets, boolean pause) {}
