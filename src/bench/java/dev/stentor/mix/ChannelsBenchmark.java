package dev.stentor.mix;

import dev.stentor.audio.Resampler;
import dev.stentor.audio.SpeechTime;
import java.nio.ByteBuffer;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One tick of 20 ms of a hundred channels, each with a live source of 44.1 kHz and a bed: 6 ms are 30 % of a core. With the resampling on
 * arrival, and without it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@NullUnmarked // JMH fills the fields
public class ChannelsBenchmark {

    private static final int CHANNELS = 100;
    private static final int ARRIVING = 882;

    private final Mixer[] mixers = new Mixer[CHANNELS];
    private final Resampler[] resamplers = new Resampler[CHANNELS];
    private final SourceBuffer[] buffers = new SourceBuffer[CHANNELS];
    private final float[] arriving = new float[ARRIVING];
    private final float[] resampled = new float[2_000];
    private final ByteBuffer frame = ByteBuffer.allocate(2 * SpeechTime.FRAME_SAMPLES);

    @Setup
    public void prepare() {
        for (int i = 0; i < ARRIVING; i++) {
            arriving[i] = (float) (0.2 * Math.sin(2 * Math.PI * 441 * i / 44_100));
        }
        float[] bed = new float[24_000];
        for (int i = 0; i < bed.length; i++) {
            bed[i] = (float) (0.2 * Math.sin(2 * Math.PI * 220 * i / 24_000));
        }
        SoundClip sound = SoundClip.of(bed);
        for (int c = 0; c < CHANNELS; c++) {
            mixers[c] = new Mixer(15, c);
            resamplers[c] = Resampler.between(44_100, 24_000);
            buffers[c] = new SourceBuffer(SourceBuffer.Bounds.LIVE, () -> {});
            mixers[c].put("bed", sound.looped(), new SourceSettings(-6, 5, true));
            mixers[c].put("live", buffers[c], SourceSettings.UNITY);
        }
    }

    /** A tick of all of it. */
    @Benchmark
    public ByteBuffer resampleAndMix() {
        for (int c = 0; c < CHANNELS; c++) {
            int count = resamplers[c].resample(arriving, 0, ARRIVING, resampled, 0);
            var _ = buffers[c].write(resampled, 0, count);
            mixers[c].mix(true, frame.clear());
        }
        return frame;
    }

    /** What of it falls to the clock's thread. */
    @Benchmark
    public ByteBuffer mix() {
        for (int c = 0; c < CHANNELS; c++) {
            var _ = buffers[c].write(resampled, 0, SpeechTime.FRAME_SAMPLES);
            mixers[c].mix(true, frame.clear());
        }
        return frame;
    }
}
