package dev.stentor.web.listen;

import static dev.stentor.web.listen.FlatJsonScanner.ascii;

import dev.stentor.broadcast.ListenerReport;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
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
    private static final String[] STATES = {"playing", "idle", "buffering", "stalled", "held", "locked"};
    private static final byte[][] STATE_BYTES =
            Arrays.stream(STATES).map(FlatJsonScanner::ascii).toArray(byte[][]::new);

    /** The most bytes of a message that is read here; those of players are half as long. */
    private static final int MAX_BYTES = 512;

    private static final FastThreadLocal<FrequentMessages> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected FrequentMessages initialValue() {
            return new FrequentMessages();
        }
    };

    private final FlatJsonScanner json = new FlatJsonScanner(MAX_BYTES);

    /** Receiver of the messages that were read. */
    interface Receiver {

        void report(ListenerReport report);

        /**
         * Answers a question for the time.
         *
         * @param bytes borrowed for the time of the call
         * @param from index of the first byte of the client's stamp, a JSON number
         * @param to index behind its last byte
         */
        void time(byte[] bytes, int from, int to);
    }

    private FrequentMessages() {}

    /** Returns the reader of this thread, which all connections of an event loop share. */
    static FrequentMessages ofLoop() {
        return OF_LOOP.get();
    }

    /** Reads a message, and tells the receiver; false if it is none of the two, or is written in an unusual way. */
    boolean read(ByteBuf message, Receiver receiver) {
        json.begin(message);
        return read(receiver);
    }

    /** Does the same with a message whose bytes are masked, see {@link FlatJsonScanner#begin(ByteBuf, int, int, int)}. */
    boolean read(ByteBuf buffer, int index, int count, int mask, Receiver receiver) {
        json.begin(buffer, index, count, mask);
        return read(receiver);
    }

    private boolean read(Receiver receiver) {
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
        return json.is(TIME) && time(receiver);
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
                state = state();
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

    /** Returns the latest string; for the words of our player, the same one each time. */
    private String state() {
        for (int i = 0; i < STATES.length; i++) {
            if (json.is(STATE_BYTES[i])) {
                return STATES[i];
            }
        }
        return json.text();
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

    private boolean time(Receiver receiver) {
        int from = 0;
        int to = 0;
        while (json.nextName()) {
            if (json.is(T0)) {
                var _ = json.numberValue();
                from = json.from();
                to = json.to();
            } else {
                skip();
            }
        }
        boolean read = json.end() && to > from && to - from <= MessageJson.MAX_STAMP_CHARACTERS;
        if (read) {
            receiver.time(json.bytes(), from, to);
        }
        return read;
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
