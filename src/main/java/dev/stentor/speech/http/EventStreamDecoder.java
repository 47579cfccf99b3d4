package dev.stentor.speech.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.SpeechException;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A decoder of server-sent events, by the rules of the HTML standard, from bytes that were split anywhere.
 *
 * <p>An event at the end of the stream is dropped if its blank line is missing. The field {@code retry} is ignored. Confined to
 * one stream. See ADR 4.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">Interpreting an
 *     event stream</a>
 */
public final class EventStreamDecoder {

    /** Form of a status in a comment. It is not in the standard: one service writes the status of an event there. */
    private static final Pattern STATUS_COMMENT = Pattern.compile(":\\s*HTTP_STATUS/([1-5][0-9]{2})\\s*");

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final int eventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String lastId = "";
    private int status = ServerEvent.NO_STATUS;
    private boolean atStart = true;
    private boolean afterCarriageReturn;

    /** @param eventBytes most bytes of the data of one event, and of every line */
    public EventStreamDecoder(int eventBytes) {
        this.eventBytes = eventBytes;
    }

    /**
     * Returns the events of a whole body: one part of the body at a time, none ahead of demand, so that an unread stream stops
     * the socket. A failure of the body comes after the events before it. Fails with a {@link SpeechException} about a malformed answer at an
     * event that is too large.
     */
    public Flux<ServerEvent> events(Flux<byte[]> body) {
        return body.concatMapDelayError(part -> Flux.fromIterable(decode(part)), false, 0);
    }

    /**
     * Returns the events that end within these bytes. They are read as they are taken, and must all be taken, once, before the
     * next call.
     */
    public Iterable<ServerEvent> decode(byte[] bytes) {
        return () -> new Events(bytes);
    }

    private final class Events implements Iterator<ServerEvent> {

        private final byte[] bytes;
        private int position;
        private @Nullable ServerEvent next;

        Events(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean hasNext() {
            while (next == null && position < bytes.length) {
                next = readLine();
            }
            return next != null;
        }

        @Override
        public ServerEvent next() {
            ServerEvent event = hasNext() ? next : null;
            if (event == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return event;
        }

        /** Reads to the end of a line or of the bytes. Neither CR nor LF is ever part of a longer UTF-8 sequence. */
        private @Nullable ServerEvent readLine() {
            if (afterCarriageReturn && bytes[position] == '\n') {
                afterCarriageReturn = false;
                position++;
                return null;
            }
            int end = position;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            hold(bytes, position, end - position);
            afterCarriageReturn = end < bytes.length && bytes[end] == '\r';
            position = Math.min(end + 1, bytes.length);
            return end < bytes.length ? endOfLine() : null;
        }
    }

    private void hold(byte[] bytes, int from, int length) {
        if ((long) line.size() + length + data.length() > eventBytes) {
            throw new SpeechException(WireFailures.malformed("an event larger than " + eventBytes + " bytes"));
        }
        line.write(bytes, from, length);
    }

    private @Nullable ServerEvent endOfLine() {
        String text = line.toString(UTF_8);
        line.reset();
        if (atStart) {
            atStart = false;
            text = text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            return dispatch();
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            comment(text);
        } else if (colon < 0) {
            field(text, "");
        } else {
            int from = text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
            field(text.substring(0, colon), text.substring(from));
        }
        return null;
    }

    private void comment(String text) {
        Matcher matcher = STATUS_COMMENT.matcher(text);
        if (matcher.matches()) {
            status = Integer.parseInt(matcher.group(1));
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> lastId = value.indexOf('\0') < 0 ? value : lastId;
            default -> {} // the standard: ignore the field
        }
    }

    private @Nullable ServerEvent dispatch() {
        ServerEvent event = data.isEmpty()
                ? null
                : new ServerEvent(
                        type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1), lastId, status);
        data.setLength(0);
        type = "";
        status = ServerEvent.NO_STATUS;
        return event;
    }
}
