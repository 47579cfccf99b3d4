package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
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

    private final ByteBuffer samples = ByteBuffer.allocateDirect(SpeechTime.FRAME_BYTES);
    private BenchBroadcast all;
    private long pos;

    /** Everybody listens. */
    @Setup
    public void join() {
        all = new BenchBroadcast(listeners);
        for (int i = 0; i < listeners; i++) {
            var _ = all.join("c" + i);
        }
    }

    /** One frame to everybody. */
    @Benchmark
    public long tick() {
        all.clock().advance(FRAME);
        var frame = new Audio(1, pos, all.clock().micros(), false, false, samples, SpeechTime.FRAME_SAMPLES);
        pos += SpeechTime.FRAME_SAMPLES;
        all.broadcast().on(frame);
        all.broadcast().flush();
        return all.messages();
    }
}
