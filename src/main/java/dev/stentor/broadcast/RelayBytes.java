package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.RelayedEntry.Began;
import dev.stentor.broadcast.RelayedEntry.Ended;
import dev.stentor.broadcast.RelayedEntry.Happened;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The form in which entries travel from node to node: a version, a kind, and fields. Samples and events only: each node makes messages of
 * them by itself, which are the same on all. The files in {@code golden/relay.json} hold it byte for byte. See ADR 51.
 */
final class RelayBytes {

    /** The version that is written, and the only one that is read: nodes that write another one are not understood. */
    static final byte VERSION = 1;

    private static final byte BEGAN = 1;
    private static final byte HAPPENED = 2;
    private static final byte ENDED = 3;
    /** What a frame of sound takes besides the sound: most entries are written without making room again. */
    private static final int HEAD_BYTES = 37;

    private RelayBytes() {}

    /** Says that bytes are not of this version, or damaged. */
    static final class Unreadable extends RuntimeException {
        private Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static byte[] write(RelayedEntry entry) {
        var out = new FieldWriter(HEAD_BYTES + SpeechTime.FRAME_BYTES).put(VERSION);
        FieldWriter written = switch (entry) {
            case Began(RelayedState state) -> write(out.put(BEGAN), state);
            case Ended(boolean removed) -> out.put(ENDED).put(removed);
            case Happened happened -> {
                RelayedState state = happened.state();
                FieldWriter head =
                        out.put(HAPPENED).put(happened.releasedMicros()).put(state != null);
                yield EventBytes.write(state == null ? head : write(head, state), happened.event());
            }
        };
        return written.bytes();
    }

    /** @throws Unreadable if another version wrote it, or a part is missing */
    static RelayedEntry read(ByteBuffer bytes) {
        var in = new FieldReader(bytes);
        try {
            byte version = in.number8();
            if (version != VERSION) {
                throw new Unreadable("an entry is of version " + version, null);
            }
            byte kind = in.number8();
            return switch (kind) {
                case BEGAN -> new Began(state(in));
                case ENDED -> new Ended(in.flag());
                case HAPPENED -> {
                    long released = in.number64();
                    RelayedState state = in.flag() ? state(in) : null;
                    yield new Happened(EventBytes.read(in), released, state);
                }
                default -> throw new Unreadable("an entry is of kind " + kind, null);
            };
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            throw new Unreadable("an entry is damaged", damaged);
        }
    }

    private static FieldWriter write(FieldWriter out, RelayedState state) {
        JoinSnapshot before = state.before();
        FieldWriter head = out.put(before.timeline())
                .put(before.speaker())
                .put(before.utterance())
                .put(before.caption())
                .put(before.words())
                .put(before.hold())
                .put(before.phase())
                .put(before.control())
                .put(before.generation())
                .put(before.pos())
                .put(state.leadMillis());
        return write(head, state.settings())
                .put(state.opusBitrate())
                .put(state.clockMicros())
                .put(state.wallMicros())
                .putAll(state.lineage().lives(), life -> out.put(life.epoch()).put(life.lastSeq()));
    }

    private static RelayedState state(FieldReader in) {
        var before = new JoinSnapshot(
                in.text(),
                in.optionalText(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.number32(),
                in.number64());
        return new RelayedState(
                before,
                in.number64(),
                settings(in),
                in.number32(),
                in.number64(),
                in.number64(),
                new Lineage(in.list(() -> new Lineage.Life(in.number64(), in.number64()))));
    }

    private static FieldWriter write(FieldWriter out, BroadcastSettings settings) {
        Duration delay = settings.groupDelay();
        Duration batch = settings.batch().fixed();
        return out.put(settings.ring())
                .put(settings.lag())
                .put(settings.policy().name())
                .put(settings.report())
                .put(settings.maxListeners())
                .put(settings.node())
                .put(settings.reportSpread())
                .put(delay != null)
                .put(delay == null ? Duration.ZERO : delay)
                .put(batch != null)
                .put(batch == null ? Duration.ZERO : batch);
    }

    private static BroadcastSettings settings(FieldReader in) {
        var settings = new BroadcastSettings(
                in.time(), in.time(), LagPolicy.valueOf(in.text()), in.time(), in.number32(), in.text());
        BroadcastSettings paced = settings.withReports(settings.report(), in.time());
        Duration delay = optionalTime(in);
        return paced.withGroupDelay(delay).withBatch(new BatchRule(optionalTime(in)));
    }

    private static @Nullable Duration optionalTime(FieldReader in) {
        boolean there = in.flag();
        Duration time = in.time();
        return there ? time : null;
    }
}
