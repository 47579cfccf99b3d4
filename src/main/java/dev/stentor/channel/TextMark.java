package dev.stentor.channel;

/**
 * A place in an utterance's text of which listeners are told when it is spoken.
 *
 * @param id its name
 * @param at how many {@code char}s of the text come before it
 */
public record TextMark(String id, int at) {}
