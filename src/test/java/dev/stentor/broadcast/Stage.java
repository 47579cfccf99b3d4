package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ClearRequest;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.Signals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A broadcast in virtual time: speech is released by hand, event loops run when told to. Confined to the test's thread. */
final class Stage {

    static final ChannelName LOBBY = new ChannelName("lobby");
    static final long EPOCH = 17;

    final List<String> losses = new ArrayList<>();
    final VirtualClock clock = new VirtualClock();
    /** They encode in {@link Loop#run}. */
    final Loop workers = new Loop();

    final CountedEncoding stats = new CountedEncoding();
    final CountedEncoding mp3Stats = new CountedEncoding();
    final Broadcasts broadcasts;
    final Broadcast broadcast;
    final Memory allocator = new Memory();
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<Loop> loops = new HashSet<>();
    private long pos;
    private long anchorMicros;
    private int connections;
    private int generation = 1;

    Stage() {
        this(LagPolicy.SKIP);
    }

    Stage(LagPolicy policy) {
        this(policy, ChannelSettings.conversation());
    }

    Stage(ChannelSettings channel) {
        this(LagPolicy.SKIP, channel);
    }

    private Stage(LagPolicy policy, ChannelSettings channel) {
        this(policy, channel, (_, _) -> EntryTap.NONE);
    }

    /** Sets up a channel of which other nodes are told. */
    Stage(EntryTap.Factory taps) {
        this(taps, ChannelSettings.conversation());
    }

    Stage(EntryTap.Factory taps, ChannelSettings channel) {
        this(LagPolicy.SKIP, channel, taps);
    }

    private Stage(LagPolicy policy, ChannelSettings channel, EntryTap.Factory taps) {
        var settings = new BroadcastSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(3), policy, Duration.ofSeconds(1), 1_000, "node");
        broadcasts = new Broadcasts(
                settings,
                new SoundEncoding(workers, OpusSettings.SPEECH, Mp3BitRate.SPEECH, stats, mp3Stats),
                clock,
                allocator,
                (cause, gaps, millis) -> losses.add(cause + " " + gaps + " " + millis));
        broadcasts.share(taps, PlayersElsewhere.NONE);
        broadcast = (Broadcast) broadcasts.open(LOBBY, EPOCH, channel);
    }

    /** Memory of messages, which is full when the test says so. */
    static final class Memory extends PooledByteBufAllocator {
        boolean full;

        Memory() {
            super(true);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int most) {
            if (full) {
                throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            }
            return super.newDirectBuffer(initial, most);
        }
    }

    /** An event loop that runs its tasks in {@link #run}. */
    static final class Loop implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        /** The number of all that it was ever given. */
        private int given;

        @Override
        public void execute(Runnable task) {
            given++;
            tasks.add(task);
        }

        int given() {
            return given;
        }

        void run() {
            while (step()) {}
        }

        /** Runs its next task, if there is one. */
        boolean step() {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
            return task != null;
        }
    }

    /** Lets the workers do all that they have to do. */
    void encode() {
        for (clock.settle(); !workers.tasks.isEmpty(); clock.settle()) {
            workers.run();
        }
    }

    Listener join(RecordingOutlet outlet, Loop loop) {
        return join(outlet, loop, Start.LIVE, null);
    }

    Listener join(RecordingOutlet outlet, Loop loop, Start start, JoinRequest.@Nullable Resume resume) {
        return join(outlet, loop, new JoinRequest("c" + ++connections, null, start, resume, Format.PCM, false));
    }

    Listener join(RecordingOutlet outlet, Loop loop, JoinRequest request) {
        Listener listener = ask(outlet, loop, request);
        encode();
        loop.run();
        return listener;
    }

    /** Asks to join; what workers have to do before is not done yet. */
    Listener ask(RecordingOutlet outlet, Loop loop, JoinRequest request) {
        var listener = new Listener(outlet, loop, clock::micros, Duration.ofSeconds(1));
        listeners.add(listener);
        loops.add(loop);
        broadcast.join(listener, request);
        clock.settle();
        return listener;
    }

    /** Begins an utterance whose first sample is due now. */
    void start(String id) {
        anchorMicros = clock.micros() - pos / 24 * 1_000;
        release(new TimelineMoved(pos, clock.micros()));
        release(new UtteranceStarted(id, generation, pos, "text of " + id, "Cherry", null));
    }

    /** Sound had stopped in mid-utterance, and sets in again. */
    void move() {
        anchorMicros = clock.micros() - pos / 24 * 1_000;
        release(new TimelineMoved(pos, clock.micros()));
    }

    /** Begins an utterance that is due so long after it is released. */
    void startAhead(String id, Duration lead) {
        start(id);
        anchorMicros += lead.toNanos() / 1_000;
    }

    /** Releases frames, each 20 ms after the other, and hands them to the loops. */
    void play(int frames, Loop... loops) {
        for (int i = 0; i < frames; i++) {
            frame();
            for (Loop loop : loops) {
                loop.run();
            }
            clock.advance(Duration.ofMillis(20));
        }
    }

    /** Releases silent frames of a mix, each 20 ms after the other. */
    void mix(int frames, boolean last) {
        for (int i = 0; i < frames; i++) {
            ByteBuffer silence = ByteBuffer.allocate(SpeechTime.FRAME_BYTES);
            release(new Audio(generation, pos, clock.micros(), false, last, silence, SpeechTime.FRAME_SAMPLES, true));
            pos += SpeechTime.FRAME_SAMPLES;
            clock.advance(Duration.ofMillis(20));
        }
    }

    /** The same with what is spoken at 24 kHz instead of a signal. */
    void say(short[] speech, Loop... loops) {
        say(speech, false, loops);
    }

    /** The same within a mix, which goes on behind it. */
    void sayMixed(short[] speech, Loop... loops) {
        say(speech, true, loops);
    }

    private void say(short[] speech, boolean mixed, Loop... loops) {
        for (int from = 0; from < speech.length; from += SpeechTime.FRAME_SAMPLES) {
            boolean last = !mixed && from + SpeechTime.FRAME_SAMPLES >= speech.length;
            release(sound(Arrays.copyOfRange(speech, from, from + SpeechTime.FRAME_SAMPLES), from == 0, last, mixed));
            pos += SpeechTime.FRAME_SAMPLES;
            encode();
            for (Loop loop : loops) {
                loop.run();
            }
            clock.advance(Duration.ofMillis(20));
        }
    }

    private Audio sound(short[] samples, boolean first, boolean last, boolean mixed) {
        ByteBuffer audio = ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        audio.asShortBuffer().put(samples);
        return new Audio(
                generation,
                pos,
                anchorMicros + pos / 24 * 1_000,
                first,
                last,
                audio.asReadOnlyBuffer(),
                samples.length,
                mixed);
    }

    /** Cancels all that was released; the next frame is of another generation. */
    void clear() {
        release(new SpeechCleared(++generation, pos, ClearRequest.all("interrupt")));
    }

    /** Cancels the speech; all else that sounded from an earlier position on comes again. */
    void clearAndContinue(long fromPos) {
        release(new SpeechCleared(++generation, pos, ClearRequest.all("interrupt"), fromPos));
        anchorMicros -= (pos - fromPos) / 24 * 1_000;
        release(new TimelineMoved(pos, anchorMicros + pos / 24 * 1_000));
    }

    void frame() {
        ByteBuffer audio = ByteBuffer.wrap(Signals.selfIndexing(pos, SpeechTime.FRAME_SAMPLES))
                .asReadOnlyBuffer();
        release(new Audio(generation, pos, anchorMicros + pos / 24 * 1_000, false, false, audio, 480));
        pos += SpeechTime.FRAME_SAMPLES;
    }

    void end(String id) {
        release(new UtteranceEnded(id, pos, pos, Reason.DONE, null));
    }

    void release(ChannelEvent event) {
        broadcast.on(event);
        broadcast.flush();
    }

    /** Ends everything, and checks that all memory of messages went back. */
    void close() {
        listeners.forEach(Listener::leave);
        clock.settle();
        broadcast.close();
        encode();
        loops.forEach(Loop::run);
        clock.settle();
        long active = allocator.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
        assertThat(active).as("message buffers not given back").isZero();
    }
}
