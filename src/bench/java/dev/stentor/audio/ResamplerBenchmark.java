package dev.stentor.audio;

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

/** What 20 ms of sound cost on their way from one rate to another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked // JMH fills the fields
public class ResamplerBenchmark {

    /** From and to, in Hz. */
    @Param({"8000:24000", "16000:24000", "22050:24000", "44100:24000", "48000:24000", "24000:48000"})
    public String rates;

    private Resampler resampler;
    private float[] in;
    private float[] out;

    /** A block of 20 ms that is not silence. */
    @Setup
    public void prepare() {
        int colon = rates.indexOf(':');
        int inHz = Integer.parseInt(rates.substring(0, colon));
        resampler = Resampler.between(inHz, Integer.parseInt(rates.substring(colon + 1)));
        in = new float[inHz / 50];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) Math.sin(i);
        }
        out = new float[resampler.most(in.length)];
    }

    /** One block. */
    @Benchmark
    public int resample() {
        return resampler.resample(in, 0, in.length, out, 0);
    }
}
