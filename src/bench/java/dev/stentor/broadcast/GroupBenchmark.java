package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.Outlet;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a tick costs above the sockets: one frame through the whole broadcast, to listeners whose outlets take all and do nothing.
 * Divided by the listeners it is the gateway's own share of a delivered frame.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked // JMH fills the fields
public class GroupBenchmark {

    private static final Duration FRAME = Duration.ofMillis(20);

    @Param({"1", "100", "1000"})
    public int listeners;

    private final VirtualClock clock = new VirtualClock();
    private final ByteBuffer samples = ByteBuffer.allocateDirect(SpeechTime.FRAME_BYTES);
    private Broadcast broadcast;
    private long writes;
    private long pos;

    /** Everybody listens, on an event loop that is the benchmark's own thread. */
    @Setup
    public void join() {
        var settings = new BroadcastSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(3),
                BroadcastSettings.LagPolicy.SKIP,
                Duration.ofSeconds(1),
                listeners,
                "node");
        var encoding = new SoundEncoding(
                Runnable::run, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE);
        var broadcasts = new Broadcasts(settings, encoding, clock, PooledByteBufAllocator.DEFAULT, BroadcastStats.NONE);
        var lobby = new ChannelName("lobby");
        broadcast = (Broadcast) broadcasts.open(lobby, 1, ChannelSettings.conversation());
        for (int i = 0; i < listeners; i++) {
            var listener = new Listener(new Taking(), Runnable::run, clock::micros, Duration.ofSeconds(1));
            broadcast.join(listener, new JoinRequest("c" + i, null, JoinRequest.Start.LIVE, null, Format.PCM, false));
        }
        clock.settle();
    }

    /** One frame to everybody. */
    @Benchmark
    public long tick() {
        clock.advance(FRAME);
        var frame = new Audio(1, pos, clock.micros(), false, false, samples, SpeechTime.FRAME_SAMPLES);
        pos += SpeechTime.FRAME_SAMPLES;
        broadcast.on(frame);
        broadcast.flush();
        return writes;
    }

    /** Takes everything at once. */
    private final class Taking implements Outlet {
        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public Sent send(ByteBuf shared) {
            writes++;
            return Sent.WHOLE;
        }

        @Override
        public void write(ByteBuf message) {
            writes++;
            message.release();
        }

        @Override
        public void flush() {}

        @Override
        public void close(CloseReason reason) {}
    }
}
