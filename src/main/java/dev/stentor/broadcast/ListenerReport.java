package dev.stentor.broadcast;

/**
 * What a player tells about itself.
 *
 * @param pos the sample that leaves its output
 * @param bufferMillis of sound waiting in it
 * @param underruns how often it ran dry
 * @param state what it does, in its own word
 */
public record ListenerReport(long pos, long bufferMillis, long underruns, String state) {}
