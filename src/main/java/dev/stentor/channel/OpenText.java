package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.clock.TickClock;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.LiveText;
import dev.stentor.speech.reading.SegmentList;
import dev.stentor.text.SegmentLimits;
import dev.stentor.text.SettledSegment;
import dev.stentor.text.TextStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * A text that is still being written. Takes numbered pieces, each once, and ends by itself if none comes for too long. Confined
 * to the clock's thread, except for the methods of {@link SegmentList} and {@link #speak}: those may be called on any thread.
 */
final class OpenText implements UtteranceText, SegmentList {

    /** Factor by which the rest of an unfinished word is waited for longer. */
    private static final int PATIENCE_WITHIN_A_WORD = 3;
    /** An unfinished sentence is not spoken while more than so many samples are still to be heard: two seconds. */
    private static final long ENOUGH_SAMPLES = 2L * SpeechTime.SAMPLES_PER_SECOND;

    private final TickClock clock;
    private final Scheduler work;
    private final OpenTextSettings settings;
    private final SpeechRequest request;
    private final GrowingText text;
    private final TextStream stream = new TextStream(SegmentLimits.SENTENCES);
    private final List<SettledSegment> settled = new ArrayList<>();
    /** The character behind each piece. */
    private final List<Integer> ends = new ArrayList<>();
    /** The readers that wait for a segment, by its index. */
    private final Map<Integer, List<MonoSink<SettledSegment>>> readers = new HashMap<>();

    private final IdleTimer idle;
    private final IdleTimer patience;
    private final int beginning;
    private LongSupplier unreleasedSamples = () -> 0;
    private int idles;
    /** Index of the segment that is spoken now or awaited; -1 before the first. */
    private int current = -1;
    /** When the text last ceased to starve, in µs of the clock. */
    private long fedAtMicros;

    private TextState state = TextState.OPEN;
    private boolean closed;
    private volatile int count;
    private volatile boolean over;

    /**
     * Creates a text of which the beginning is known.
     *
     * @param work where segments are handed to their readers
     * @param request how to speak it, with the beginning of the text, which may be empty
     */
    OpenText(TickClock clock, Scheduler work, OpenTextSettings settings, SpeechRequest request) {
        this.clock = clock;
        this.work = work;
        this.settings = settings;
        this.request = request;
        String beginning = request.text();
        this.text = new GrowingText(beginning);
        this.beginning = beginning.length();
        this.idle = new IdleTimer(clock, settings.idle(), this::onIdle);
        this.patience = new IdleTimer(clock, settings.patience(), () -> end(TextState.TIMED_OUT));
        settle(stream.add(beginning));
        restartTimers();
    }

    @Override
    public GrowingText characters() {
        return text;
    }

    @Override
    public SpeechRequest request() {
        return request.withText(text.whole());
    }

    @Override
    public Speech speak(SpeechEngine engine, LiveText live) {
        return live.speak(request, this);
    }

    @Override
    public boolean isOpen() {
        return state == TextState.OPEN;
    }

    @Override
    public boolean isStarving() {
        return !over && current >= settled.size();
    }

    @Override
    public boolean isResumable() {
        return false;
    }

    @Override
    public long engineMicros(long micros, long nowMicros) {
        return isStarving() ? 0 : Math.min(micros, nowMicros - fedAtMicros);
    }

    @Override
    public int waitingCharacters(IntSupplier released) {
        return text.length() - released.getAsInt();
    }

    @Override
    public void watch(LongSupplier newUnreleasedSamples) {
        unreleasedSamples = newUnreleasedSamples;
    }

    @Override
    public OpenText writable() {
        return this;
    }

    @Override
    public TextProgress progress(String utterance, Utterance.State ofUtterance) {
        return new TextProgress(utterance, ofUtterance, state, text.length(), next());
    }

    /** Returns what was written behind the beginning. */
    WrittenText written() {
        List<String> pieces = new ArrayList<>(ends.size());
        int from = beginning;
        for (int end : ends) {
            pieces.add(text.part(from, end));
            from = end;
        }
        return new WrittenText(pieces, state != TextState.OPEN);
    }

    /** Returns the number of the next piece; the first has 1. */
    private long next() {
        return ends.size() + 1L;
    }

    /**
     * Appends a piece.
     *
     * @param number of the piece; null means that it is the next one. One that came before is compared, and not taken again
     * @param limits called with the number of characters to be added; throws if the queue has no room for them
     * @return whether the piece is new
     * @throws ChannelException if the piece is not taken; nothing has changed then
     */
    boolean write(@Nullable Long number, String piece, IntConsumer limits) {
        if (number != null && number < next()) {
            int index = Math.toIntExact(number - 1);
            if (!text.has(index == 0 ? beginning : ends.get(index - 1), ends.get(index), piece)) {
                throw new ChannelException(ChannelRefusal.pieceDiffers(number, next()));
            }
            return false;
        }
        checkOpen();
        checkNumber(number);
        if (text.length() + (long) piece.length() > settings.maxCharacters()) {
            throw new ChannelException(ChannelRefusal.textTooLong(settings.maxCharacters()));
        }
        patience.restart(); // also if there is no room: a writer who is asked to wait must not time out
        limits.accept(piece.length());
        text.add(piece);
        ends.add(text.length());
        settle(stream.add(piece));
        restartTimers();
        return true;
    }

    /**
     * Ends the text. One that is over stays as it is.
     *
     * @param number that of the next piece, to make sure that all came; null means that this is not checked
     */
    void end(@Nullable Long number) {
        if (state == TextState.OPEN && !closed) {
            checkNumber(number);
            end(TextState.ENDED);
        }
    }

    @Override
    public void close() {
        closed = true;
        finish();
    }

    @Override
    public Mono<SettledSegment> segment(int index) {
        return Mono.<SettledSegment>create(sink -> clock.execute(() -> ask(index, sink)))
                .publishOn(work);
    }

    @Override
    public Mono<SettledSegment> next(int index) {
        return Mono.<SettledSegment>create(sink -> clock.execute(() -> {
                    current = Math.max(current, index);
                    ask(index, sink);
                }))
                .publishOn(work);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean mayCome(int index) {
        return index >= count && !over;
    }

    private void ask(int index, MonoSink<SettledSegment> reader) {
        if (index < settled.size()) {
            reader.success(settled.get(index));
        } else if (over) {
            reader.success();
        } else {
            readers.computeIfAbsent(index, _ -> new ArrayList<>()).add(reader);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new ChannelException(ChannelRefusal.utteranceOver());
        }
        switch (state) {
            case OPEN -> {}
            case ENDED -> throw new ChannelException(ChannelRefusal.textEnded());
            case TIMED_OUT -> throw new ChannelException(ChannelRefusal.textTimedOut());
        }
    }

    private void checkNumber(@Nullable Long number) {
        if (number != null && number != next()) {
            throw new ChannelException(ChannelRefusal.piecesMissing(number, next()));
        }
    }

    private void restartTimers() {
        idles = 0;
        patience.restart();
        if (stream.isOpen()) {
            idle.restart();
        }
    }

    /** Has the unfinished sentence spoken, unless enough sound is left to wait for the rest of it. */
    private void onIdle() {
        idles++;
        boolean needed = isStarving() && unreleasedSamples.getAsLong() < ENOUGH_SAMPLES;
        if (needed && (!stream.endsInWord() || idles >= PATIENCE_WITHIN_A_WORD)) {
            settle(stream.flush());
        } else {
            idle.restart();
        }
    }

    private void end(TextState how) {
        state = how;
        settle(stream.end());
        finish();
    }

    private void finish() {
        over = true;
        idle.stop();
        patience.stop();
        readers.values().forEach(waiting -> waiting.forEach(MonoSink::success));
        readers.clear();
    }

    private void settle(List<SettledSegment> more) {
        boolean starved = isStarving();
        for (SettledSegment next : more) {
            int index = settled.size();
            settled.add(next);
            count = settled.size();
            List<MonoSink<SettledSegment>> waiting = readers.remove(index);
            if (waiting != null) {
                waiting.forEach(reader -> reader.success(next));
            }
        }
        if (starved && !more.isEmpty()) {
            fedAtMicros = clock.micros();
        }
    }
}
