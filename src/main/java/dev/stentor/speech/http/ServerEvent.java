package dev.stentor.speech.http;

/**
 * One event of an event stream.
 *
 * @param type its name; {@code message} if it has none
 * @param data its data lines, joined with line feeds
 * @param lastId the last id that the stream gave; empty if none
 * @param status what a comment {@code HTTP_STATUS/nnn} within the event said; {@link #NO_STATUS} if none did
 */
public record ServerEvent(String type, String data, String lastId, int status) {

    /** No comment told a status. */
    public static final int NO_STATUS = 0;
}
