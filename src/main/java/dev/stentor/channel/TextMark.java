package dev.stentor.channel;

/**
 * A place in an utterance's text of which listeners are told when it is spoken.
 *
 * @param id name of the mark
 * @param at number of {@code char}s of the text before it
 */
public record TextMark(String id, int at) {}
