package dev.stentor.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/** What 20 ms of a channel cost in Opus, once for all who listen, and their share of an Ogg page. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked // JMH fills the fields
public class OpusBenchmark {

    private static final int FRAMES = 200;

    /** Bits per second. */
    @Param({"16000", "32000", "64000"})
    public int bitrate;

    private final ByteBuffer[] frames = new ByteBuffer[FRAMES];
    private OpusEncoder encoder;
    private OggOpusWriter writer;
    private byte[] packet;
    private int next;

    /** Four seconds of a gliding voice with pauses. */
    @Setup
    public void prepare() {
        short[] speech = Voiced.samples(FRAMES * OpusEncoder.FRAME_SAMPLES);
        for (int i = 0; i < FRAMES; i++) {
            frames[i] =
                    ByteBuffer.allocate(OpusEncoder.FRAME_SAMPLES * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            frames[i].asShortBuffer().put(speech, i * OpusEncoder.FRAME_SAMPLES, OpusEncoder.FRAME_SAMPLES);
        }
        encoder = new OpusEncoder(OpusSettings.SPEECH.at(bitrate));
        packet = encoder.encode(frames[0]);
        writer = new OggOpusWriter(1, OpusEncoder.PRE_SKIP, 10);
        var _ = writer.head();
    }

    /** One frame, by a worker. */
    @Benchmark
    public byte[] encode() {
        next = (next + 1) % FRAMES;
        return encoder.encode(frames[next]);
    }

    /** One packet into one listener's own stream; every tenth makes a page. */
    @Benchmark
    public Object page() {
        return writer.add(packet);
    }
}
