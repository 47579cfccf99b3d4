package dev.stentor.web.listen;

import static dev.stentor.web.listen.FlatJsonScanner.ascii;

import dev.stentor.broadcast.ListenerReport;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the two messages that every player sends all the time, reports and questions for the time, from their bytes. What it
 * does not read, valid or not, is left to {@link MessageJson}; what it reads means the same there. Confined to one thread.
 */
final class FrequentMessages {

    private static final byte[] TYPE = ascii("t");
    private static final byte[] TIME = ascii(ClientMessage.TIME.type());
    private static final byte[] REPORT = ascii(ClientMessage.REPORT.type());
    private static final byte[] T0 = ascii("t0");
    private static final byte[] POS = ascii("pos");
    private static final byte[] GEN = ascii("gen");
    private static final byte[] BUFFER = ascii("buffer_ms");
    private static final byte[] UNDERRUNS = ascii("underruns");
    private static final byte[] STATE = ascii("state");
    private static final byte[] MUTED = ascii("muted");
    private static final byte[] SYNC_ERROR = ascii("sync_error_ms");
    private static final byte[] CUT = ascii("cut");
    private static final byte[] PLAYING = ascii("playing");

    /** The most bytes of a message that is read here; those of players are half as long. */
    private static final int MAX_BYTES = 512;

    private static final FastThreadLocal<FrequentMessages> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected FrequentMessages initialValue() {
            return new FrequentMessages();
        }
    };

    private final FlatJsonScanner json = new FlatJsonScanner(MAX_BYTES);

    /** What is told of each message that was read. */
    interface Receiver {

        void report(ListenerReport report);

        /**
         * Answers a question for the time.
         *
         * @param t0 the client's stamp, as it came: a JSON number
         */
        void time(String t0);
    }

    private FrequentMessages() {}

    /** Returns the reader of this thread, which all connections of an event loop share. */
    static FrequentMessages ofLoop() {
        return OF_LOOP.get();
    }

    /** Reads a message, and tells the receiver; false if it is none of the two, or is written in an unusual way. */
    boolean read(ByteBuf message, Receiver receiver) {
        json.begin(message);
        if (!json.nextName() || !json.is(TYPE)) {
            return false;
        }
        json.stringValue();
        if (json.is(REPORT)) {
            ListenerReport report = report();
            if (report != null) {
                receiver.report(report);
            }
            return report != null;
        }
        String t0 = json.is(TIME) ? time() : null;
        if (t0 != null) {
            receiver.time(t0);
        }
        return t0 != null;
    }

    private @Nullable ListenerReport report() {
        long pos = 0;
        long generation = 0;
        long bufferMillis = 0;
        long underruns = 0;
        String state = "";
        Double syncError = null;
        Boolean muted = null;
        ListenerReport.Cut cut = null;
        while (json.nextName()) {
            if (json.is(POS)) {
                pos = json.wholeValue();
            } else if (json.is(GEN)) {
                generation = json.wholeValue();
            } else if (json.is(BUFFER)) {
                bufferMillis = json.wholeValue();
            } else if (json.is(UNDERRUNS)) {
                underruns = json.wholeValue();
            } else if (json.is(STATE)) {
                json.stringValue();
                state = json.is(PLAYING) ? "playing" : json.text();
            } else if (json.is(MUTED)) {
                muted = json.booleanValue();
            } else if (json.is(SYNC_ERROR)) {
                syncError = json.numberValue();
            } else if (json.is(CUT)) {
                cut = cut();
            } else {
                skip();
            }
        }
        return json.end()
                ? new ListenerReport(pos, (int) generation, bufferMillis, underruns, state, syncError, muted, cut)
                : null;
    }

    private ListenerReport.Cut cut() {
        long generation = 0;
        long pos = 0;
        json.objectValue();
        while (json.nextName()) {
            if (json.is(GEN)) {
                generation = json.wholeValue();
            } else if (json.is(POS)) {
                pos = json.wholeValue();
            } else {
                json.skipValue();
            }
        }
        return new ListenerReport.Cut((int) generation, pos);
    }

    private @Nullable String time() {
        String t0 = null;
        while (json.nextName()) {
            if (json.is(T0)) {
                var _ = json.numberValue();
                t0 = json.textLength() <= MessageJson.MAX_STAMP_CHARACTERS ? json.text() : null;
            } else {
                skip();
            }
        }
        return json.end() ? t0 : null;
    }

    /** Reads past a member that is of no use here. Of two types in one message the second counts, so that is left to the parser. */
    private void skip() {
        if (json.is(TYPE)) {
            json.decline();
        } else {
            json.skipValue();
        }
    }
}
