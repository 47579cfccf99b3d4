package dev.stentor.speech.http;

/**
 * One event of an event stream.
 *
 * @param type name of the event; {@code message} if it has none
 * @param data the data lines of the event, joined with line feeds
 * @param lastId the last id that the stream gave; empty if none
 * @param status the number in a comment {@code HTTP_STATUS/nnn} within the event; {@link #NO_STATUS} if there was no such comment
 */
public record ServerEvent(String type, String data, String lastId, int status) {

    /** The status of an event without a status comment. */
    public static final int NO_STATUS = 0;
}
