package dev.stentor.broadcast;

import java.util.List;

/**
 * Packets of Opus, 20 ms each, for clients that speak no protocol.
 *
 * @param packets one packet, never to be changed. The first sound of a stream has the packets instead that only prepare the
 *     decoder: as many as there are, up to four, in order
 * @param pause whether nothing may follow for a while
 */
public record OpusSound(List<byte[]> packets, boolean pause) {}
