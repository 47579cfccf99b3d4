package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimedWord;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.PlayerControl;
import dev.stentor.channel.TimelineSpan;
import org.jspecify.annotations.Nullable;

/** The events of a channel as fields; see {@link RelayBytes}. A number of a kind is never used again for another one. */
final class EventBytes {

    private static final byte AUDIO = 1;
    private static final byte STARTED = 2;
    private static final byte CAPTION = 3;
    private static final byte WORDS = 4;
    private static final byte MARK = 5;
    private static final byte ENDED = 6;
    private static final byte TIMELINE = 7;
    private static final byte CLEARED = 8;
    private static final byte PAUSED = 9;
    private static final byte RESUMED = 10;
    private static final byte LEAD = 11;
    private static final byte CONTROL = 12;
    private static final byte PHASE = 13;

    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final int MIXED = 4;

    private EventBytes() {}

    /** Writes an event behind what was written before, and returns the writer. */
    static FieldWriter write(FieldWriter out, ChannelEvent event) {
        return switch (event) {
            case Audio frame -> write(out.put(AUDIO), frame);
            case UtteranceStarted started ->
                out.put(STARTED)
                        .put(started.id())
                        .put(started.generation())
                        .put(started.pos())
                        .put(started.text())
                        .put(started.voice())
                        .put(started.language())
                        .put(started.open());
            case Caption caption ->
                out.put(CAPTION)
                        .put(caption.id())
                        .put(caption.pos())
                        .put(caption.text())
                        .put(caption.from())
                        .put(caption.to())
                        .put(caption.part())
                        .put(caption.parts());
            case WordsSpoken words -> write(out.put(WORDS), words);
            case MarkReached mark ->
                out.put(MARK).put(mark.id()).put(mark.mark()).put(mark.pos()).put(mark.estimated());
            case UtteranceEnded ended -> write(out.put(ENDED), ended);
            case TimelineMoved moved -> out.put(TIMELINE).put(moved.pos()).put(moved.playMicros());
            case SpeechCleared cleared -> write(out.put(CLEARED), cleared);
            case SpeechPaused paused -> out.put(PAUSED).put(paused.pos());
            case SpeechResumed resumed -> out.put(RESUMED).put(resumed.pos());
            case LeadChanged lead -> write(out.put(LEAD), lead);
            case ControlChanged changed -> write(out.put(CONTROL), changed.control());
            case PhaseChanged changed -> out.put(PHASE).put(changed.phase().name());
        };
    }

    static ChannelEvent read(FieldReader in) {
        byte kind = in.number8();
        return switch (kind) {
            case AUDIO -> audio(in);
            case STARTED ->
                new UtteranceStarted(
                        in.text(),
                        in.number32(),
                        in.number64(),
                        in.text(),
                        in.optionalText(),
                        in.optionalText(),
                        in.flag());
            case CAPTION ->
                new Caption(
                        in.text(),
                        in.number64(),
                        in.text(),
                        in.number32(),
                        in.number32(),
                        in.number32(),
                        in.number32());
            case WORDS ->
                new WordsSpoken(
                        in.text(),
                        in.number64(),
                        in.list(() -> new TimedWord(in.number32(), in.number32(), in.number64(), in.number64())));
            case MARK -> new MarkReached(in.text(), in.text(), in.number64(), in.flag());
            case ENDED -> ended(in);
            case TIMELINE -> new TimelineMoved(in.number64(), in.number64());
            case CLEARED -> cleared(in);
            case PAUSED -> new SpeechPaused(in.number64());
            case RESUMED -> new SpeechResumed(in.number64());
            case LEAD -> lead(in);
            case CONTROL -> new ControlChanged(control(in));
            case PHASE -> new PhaseChanged(Phase.valueOf(in.text()));
            default -> throw new IllegalArgumentException("an event is of kind " + kind);
        };
    }

    private static FieldWriter write(FieldWriter out, Audio frame) {
        int flags = (frame.first() ? FIRST : 0) | (frame.last() ? LAST : 0) | (frame.mixed() ? MIXED : 0);
        return out.put((byte) flags)
                .put(frame.generation())
                .put(frame.pos())
                .put(frame.playMicros())
                .put(frame.samples())
                .put(frame.audio());
    }

    private static Audio audio(FieldReader in) {
        int flags = in.number8();
        int generation = in.number32();
        long pos = in.number64();
        long playMicros = in.number64();
        int samples = in.number32();
        return new Audio(
                generation,
                pos,
                playMicros,
                (flags & FIRST) != 0,
                (flags & LAST) != 0,
                in.bytes(SpeechTime.FRAME_BYTES).asReadOnlyBuffer(),
                samples,
                (flags & MIXED) != 0);
    }

    private static FieldWriter write(FieldWriter out, WordsSpoken words) {
        return out.put(words.id())
                .put(words.pos())
                .putAll(
                        words.words(),
                        word -> out.put(word.from())
                                .put(word.to())
                                .put(word.firstSample())
                                .put(word.endSample()));
    }

    private static FieldWriter write(FieldWriter out, UtteranceEnded ended) {
        ChannelEvent.Failure failure = ended.failure();
        return out.put(ended.id())
                .put(ended.pos())
                .put(ended.samples())
                .put(ended.reason().name())
                .put(failure == null ? null : failure.code())
                .put(failure == null ? null : failure.message())
                .putAll(ended.spans(), span -> out.put(span.pos()).put(span.samples()));
    }

    private static UtteranceEnded ended(FieldReader in) {
        String id = in.text();
        long pos = in.number64();
        long samples = in.number64();
        Reason reason = Reason.valueOf(in.text());
        @Nullable String code = in.optionalText();
        @Nullable String message = in.optionalText();
        ChannelEvent.Failure failure = code == null || message == null ? null : new ChannelEvent.Failure(code, message);
        return new UtteranceEnded(
                id, pos, samples, reason, failure, in.list(() -> new TimelineSpan(in.number64(), in.number64())));
    }

    private static FieldWriter write(FieldWriter out, SpeechCleared cleared) {
        ClearRequest clear = cleared.clear();
        Long from = cleared.fromPos();
        return out.put(cleared.generation())
                .put(cleared.pos())
                .put(clear.scope().name())
                .put(clear.drainMillis())
                .put(clear.fadeMillis())
                .put(clear.reason())
                .put(from != null)
                .put(from == null ? 0L : from);
    }

    private static SpeechCleared cleared(FieldReader in) {
        int generation = in.number32();
        long pos = in.number64();
        var clear = new ClearRequest(ClearRequest.Scope.valueOf(in.text()), in.number32(), in.number32(), in.text());
        boolean continues = in.flag();
        long from = in.number64();
        return new SpeechCleared(generation, pos, clear, continues ? from : null);
    }

    private static FieldWriter write(FieldWriter out, LeadChanged lead) {
        Long epoch = lead.epoch();
        return out.put(lead.generation())
                .put(lead.leadMillis())
                .put(epoch != null)
                .put(epoch == null ? 0L : epoch);
    }

    private static LeadChanged lead(FieldReader in) {
        int generation = in.number32();
        long leadMillis = in.number64();
        boolean begins = in.flag();
        long epoch = in.number64();
        return new LeadChanged(generation, leadMillis, begins ? epoch : null);
    }

    private static FieldWriter write(FieldWriter out, PlayerControl control) {
        Double volume = control.volume();
        Boolean muted = control.muted();
        return out.put(volume != null)
                .put(volume == null ? 0.0 : volume)
                .put(muted != null)
                .put(muted != null && muted);
    }

    private static PlayerControl control(FieldReader in) {
        boolean hasVolume = in.flag();
        double volume = in.fraction();
        boolean hasMuted = in.flag();
        boolean muted = in.flag();
        return new PlayerControl(hasVolume ? volume : null, hasMuted ? muted : null);
    }
}
