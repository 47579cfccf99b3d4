import dev.stentor.audio.Resampler;

/**
 * What a resampler costs: seconds of sound that one core takes in a second, and microseconds for 20 ms. A look, not a gate:
 *
 * <pre>java -cp target/classes src/bench/ResamplerCost.java</pre>
 */
public final class ResamplerCost {

    private static final int[][] PAIRS = {
        {8_000, 24_000}, {16_000, 24_000}, {22_050, 24_000}, {44_100, 24_000}, {48_000, 24_000}, {24_000, 48_000}
    };
    private static final int SECONDS = 20;
    private static final int ROUNDS = 5;

    private ResamplerCost() {}

    public static void main(String[] arguments) {
        System.out.println("from     to       delay ms   x real time   us per 20 ms");
        for (int[] pair : PAIRS) {
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                best = Math.min(best, seconds(pair[0], pair[1]));
            }
            System.out.printf(
                    "%-8d %-8d %8.2f %13.0f %14.1f%n",
                    pair[0],
                    pair[1],
                    1e3 * Resampler.between(pair[0], pair[1]).delaySamples() / pair[0],
                    SECONDS / best,
                    best / (50 * SECONDS) * 1e6);
        }
    }

    private static double seconds(int inHz, int outHz) {
        Resampler resampler = Resampler.between(inHz, outHz);
        float[] in = new float[inHz / 50];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) Math.sin(i);
        }
        float[] out = new float[resampler.most(in.length)];
        long begin = System.nanoTime();
        for (int block = 0; block < 50 * SECONDS; block++) {
            resampler.resample(in, 0, in.length, out, 0);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
