package dev.stentor.mix;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
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

/** What a frame of 20 ms costs on the mixer: by sources, while the limiter rests and while it works. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked // JMH fills the fields
public class MixerBenchmark {

    /** Sources, each a loop of one second. */
    @Param({"1", "2", "8", "32"})
    public int sources;

    private final ByteBuffer frame = ByteBuffer.allocate(2 * Mixer.FRAME_SAMPLES);
    private Mixer calm;
    private Mixer loud;

    @Setup
    public void prepare() {
        calm = mixer(0.3 / sources);
        loud = mixer(3.0 / sources);
    }

    /** All of it stays under the ceiling. */
    @Benchmark
    public ByteBuffer calm() {
        calm.mix(true, frame.clear());
        return frame;
    }

    /** The limiter never rests. */
    @Benchmark
    public ByteBuffer limited() {
        loud.mix(true, frame.clear());
        return frame;
    }

    private Mixer mixer(double size) {
        var mixer = new Mixer(15, 1);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
        for (int source = 0; source < sources; source++) {
            float[] samples = new float[24_000];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (size * (2 * random.nextFloat() - 1));
            }
            mixer.put("s" + source, Sound.of(samples).looped(), new SourceSettings(-1, 5, source % 2 == 0));
        }
        return mixer;
    }
}
