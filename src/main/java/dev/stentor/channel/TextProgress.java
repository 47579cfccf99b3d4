package dev.stentor.channel;

/**
 * How far the text of an open utterance is. Immutable, thread-safe.
 *
 * @param id the utterance's
 * @param state what became of the utterance
 * @param text what became of its text
 * @param characters {@code char}s that it has
 * @param next the number of the next piece
 */
public record TextProgress(String id, Utterance.State state, TextState text, int characters, long next) {}
