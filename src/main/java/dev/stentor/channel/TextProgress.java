package dev.stentor.channel;

/**
 * The progress of an open utterance's text. Immutable, thread-safe.
 *
 * @param id the utterance's id
 * @param state the utterance's state
 * @param text the text's state
 * @param characters number of {@code char}s that the text has
 * @param next number of the next piece
 */
public record TextProgress(String id, Utterance.State state, TextState text, int characters, long next) {}
