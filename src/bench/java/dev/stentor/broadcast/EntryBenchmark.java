package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a frame costs once, whoever listens: as a message, and in the ring. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked // JMH fills the fields
public class EntryBenchmark {

    private static final BroadcastSettings SETTINGS = new BroadcastSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(3),
            BroadcastSettings.LagPolicy.SKIP,
            Duration.ofSeconds(1),
            10,
            "bench");

    private static final long FRAME_MICROS = 20_000;
    private static final long RING_MICROS = 20_000_000;

    private final ByteBuffer samples = ByteBuffer.allocateDirect(SpeechTime.FRAME_BYTES);
    private EntryEncoder encoder;
    private EntryRing ring;
    private ByteBuf message;
    private long micros;

    /** A ring that is full, so that each entry that comes sends one away. */
    @Setup
    public void prepare() {
        encoder = new EntryEncoder(PooledByteBufAllocator.DEFAULT, 1);
        message = PooledByteBufAllocator.DEFAULT.directBuffer();
        ring = new EntryRing(RING_MICROS, 1, JoinSnapshot.BLANK);
        for (int i = 0; i < RING_MICROS / FRAME_MICROS; i++) {
            ring.add(next());
        }
    }

    @TearDown
    public void giveBack() {
        ring.release();
        encoder.release();
        message.release();
    }

    /** Header and samples into a message behind others; a block's memory goes back when it is full. */
    @Benchmark
    public long encode() {
        Entry entry = next();
        entry.release();
        return entry.seq();
    }

    /** The same, kept for as long as the ring keeps it. */
    @Benchmark
    public long encodeAndKeep() {
        ring.add(next());
        return ring.nextSeq();
    }

    /** The 24 bytes there and back. */
    @Benchmark
    public FrameHeader header() {
        message.clear();
        new FrameHeader(FrameHeader.AUDIO, 0, 1, micros & 0xFFFF_FFFFL, micros, micros).writeTo(message);
        micros++;
        return FrameHeader.readFrom(message);
    }

    private Entry next() {
        micros += FRAME_MICROS;
        var frame = new Audio(1, micros / 50, micros, false, false, samples, SpeechTime.FRAME_SAMPLES);
        return encoder.encode(frame, micros, SETTINGS);
    }
}
