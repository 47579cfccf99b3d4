package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.reading.SegmentList;
import dev.stentor.text.SegmentLimits;
import dev.stentor.text.SettledSegment;
import dev.stentor.text.TextStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * The text of an utterance while it is being written. Takes numbered pieces, each once; ends by itself if none comes for too long.
 * Confined to the clock's thread, except for what a {@link SegmentList} does: that is asked from any thread.
 */
final class OpenText implements SegmentList {

    /** What breaks off within a word is waited for so many times as long. */
    private static final int PATIENCE_WITHIN_A_WORD = 3;
    /** While more is to be heard, an unfinished sentence is not needed: two seconds. */
    private static final long ENOUGH_SAMPLES = 2 * 24_000;

    private final TickClock clock;
    private final Scheduler work;
    private final OpenTextSettings settings;
    private final GrowingText text;
    private final TextStream stream = new TextStream(SegmentLimits.SENTENCES);
    private final List<SettledSegment> settled = new ArrayList<>();
    /** Where each piece ends. */
    private final List<Integer> ends = new ArrayList<>();
    /** Who waits for which segment. */
    private final Map<Integer, List<MonoSink<SettledSegment>>> readers = new HashMap<>();

    private final IdleTimer idle;
    private final IdleTimer patience;
    private final int beginning;
    private LongSupplier unheard = () -> 0;
    private int idles;
    /** The segment whose turn it is; -1 before the first. */
    private int turn = -1;

    private long fedAtMicros;
    private TextState state = TextState.OPEN;
    private boolean closed;
    private volatile int count;
    private volatile boolean over;

    /** @param work where segments are handed to those who wait */
    OpenText(TickClock clock, Scheduler work, OpenTextSettings settings, String beginning) {
        this.clock = clock;
        this.work = work;
        this.settings = settings;
        this.text = new GrowingText(beginning);
        this.beginning = beginning.length();
        this.idle = new IdleTimer(clock, settings.idle(), this::onIdle);
        this.patience = new IdleTimer(clock, settings.patience(), () -> end(TextState.TIMED_OUT));
        settle(stream.add(beginning));
        stir();
    }

    /** Says how many samples of it were given, and not released yet. */
    void heardBy(LongSupplier samples) {
        unheard = samples;
    }

    /** All that came. */
    GrowingText text() {
        return text;
    }

    TextState state() {
        return state;
    }

    /** The number of the next piece; the first has 1. */
    long next() {
        return ends.size() + 1L;
    }

    /** Whether all that is settled was spoken, and the text goes on. */
    boolean isStarving() {
        return !over && turn >= settled.size();
    }

    /** When it last ceased to starve. */
    long fedAtMicros() {
        return fedAtMicros;
    }

    /**
     * The text goes on.
     *
     * @param number of the piece; null means that it is the next one. One that came before is compared, and not taken again
     * @param room is asked whether there is any for so many characters, and throws if there is none
     * @return whether it is new
     * @throws ChannelException if it is not taken, with nothing changed
     */
    boolean write(@Nullable Long number, String piece, IntConsumer room) {
        if (number != null && number < next()) {
            int index = Math.toIntExact(number - 1);
            if (!text.has(index == 0 ? beginning : ends.get(index - 1), ends.get(index), piece)) {
                throw new ChannelException(new ChannelRefusal.OtherText(number, next()));
            }
            return false;
        }
        checkOpen();
        checkNumber(number);
        if (text.length() + (long) piece.length() > settings.maxCharacters()) {
            throw new ChannelException(new ChannelRefusal.TextTooLong(settings.maxCharacters()));
        }
        patience.stir(); // also where there is no room: who is asked to wait is not taken for gone
        room.accept(piece.length());
        text.add(piece);
        ends.add(text.length());
        settle(stream.add(piece));
        stir();
        return true;
    }

    /** Nothing will follow. One that is over stays as it is. */
    void end(@Nullable Long number) {
        if (state == TextState.OPEN && !closed) {
            checkNumber(number);
            end(TextState.ENDED);
        }
    }

    /** The utterance is over: nothing more is taken, nor told. */
    void close() {
        closed = true;
        finish();
    }

    @Override
    public Mono<SettledSegment> segment(int index) {
        return Mono.<SettledSegment>create(sink -> clock.execute(() -> ask(index, sink)))
                .publishOn(work);
    }

    @Override
    public Mono<SettledSegment> turn(int index) {
        return Mono.<SettledSegment>create(sink -> clock.execute(() -> {
                    turn = Math.max(turn, index);
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
            throw new ChannelException(new ChannelRefusal.TextOver(ChannelRefusal.TextOver.Why.UTTERANCE_OVER));
        }
        switch (state) {
            case OPEN -> {}
            case ENDED -> throw new ChannelException(new ChannelRefusal.TextOver(ChannelRefusal.TextOver.Why.ENDED));
            case TIMED_OUT ->
                throw new ChannelException(new ChannelRefusal.TextOver(ChannelRefusal.TextOver.Why.TIMED_OUT));
        }
    }

    private void checkNumber(@Nullable Long number) {
        if (number != null && number != next()) {
            throw new ChannelException(new ChannelRefusal.WrongNumber(number, next()));
        }
    }

    private void stir() {
        idles = 0;
        patience.stir();
        if (stream.isOpen()) {
            idle.stir();
        }
    }

    /** As long as there is something to hear, nobody misses the open sentence, and the rest of it may still come. */
    private void onIdle() {
        idles++;
        boolean needed = isStarving() && unheard.getAsLong() < ENOUGH_SAMPLES;
        if (needed && (!stream.endsInWord() || idles >= PATIENCE_WITHIN_A_WORD)) {
            settle(stream.flush());
        } else {
            idle.stir();
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
