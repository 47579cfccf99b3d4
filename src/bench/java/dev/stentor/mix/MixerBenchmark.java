package dev.stentor.mix;

import dev.stentor.audio.Resampler;
import dev.stentor.audio.SpeechTime;
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

/** What a frame of 20 ms costs on the mixer: by sources, while the limiter rests, while it works, and with the resampling of what arrives. */
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

    private final ByteBuffer frame = ByteBuffer.allocate(2 * SpeechTime.FRAME_SAMPLES);
    private Mixer calm;
    private Mixer loud;
    private Mixer live;
    private Resampler[] resamplers;
    private SourceBuffer[] buffers;
    private final float[] arriving = new float[882];
    private final float[] resampled = new float[1_024];

    @Setup
    public void prepare() {
        calm = mixer(0.3 / sources);
        loud = mixer(3.0 / sources);
        live = new Mixer(15, 1);
        resamplers = new Resampler[sources];
        buffers = new SourceBuffer[sources];
        for (int source = 0; source < sources; source++) {
            resamplers[source] = Resampler.between(44_100, 24_000);
            buffers[source] = new SourceBuffer(SourceBuffer.Bounds.LIVE, () -> {});
            live.put("s" + source, buffers[source], new SourceSettings(-1, 5, source % 2 == 0));
        }
        for (int i = 0; i < arriving.length; i++) {
            arriving[i] = (float) (0.3 / sources * Math.sin(2 * Math.PI * 441 * i / 44_100));
        }
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

    /** Each source is live at 44.1 kHz, and resampled as it arrives. */
    @Benchmark
    public ByteBuffer resampledAndCalm() {
        for (int source = 0; source < sources; source++) {
            int count = resamplers[source].resample(arriving, 0, arriving.length, resampled, 0);
            var _ = buffers[source].write(resampled, 0, count);
        }
        live.mix(true, frame.clear());
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
            mixer.put("s" + source, SoundClip.of(samples).looped(), new SourceSettings(-1, 5, source % 2 == 0));
        }
        return mixer;
    }
}
