package dev.stentor.speech.neural;

import java.util.List;

/**
 * What the graph made of one text. Confined to one thread.
 *
 * @param samples at 24 kHz; some may be past 1
 * @param durations of each symbol in samples, with the one before the first and the one behind the last; empty if the graph does not tell
 */
@SuppressWarnings("ArrayRecordComponent") // made and used within one call; never compared
record GraphSound(float[] samples, List<Integer> durations) {}
