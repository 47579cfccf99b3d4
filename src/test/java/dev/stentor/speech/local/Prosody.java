package dev.stentor.speech.local;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Measurements of speech at 24 kHz: a beep has no moving pitch, and noise has none at all. */
final class Prosody {

    private static final int RATE_HZ = 24_000;
    private static final int WINDOW = RATE_HZ / 25;
    private static final int HOP = RATE_HZ / 100;
    private static final double VOICED = 0.6;

    private final double[] samples;

    Prosody(byte[] pcm) {
        var shorts = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        samples = new double[shorts.remaining()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = shorts.get(i) / 32_768.0;
        }
    }

    double seconds() {
        return samples.length / (double) RATE_HZ;
    }

    double peak() {
        return Arrays.stream(samples).map(Math::abs).max().orElse(0);
    }

    /** Returns the pitch of each voiced hundredth of a second in Hz, ascending; by autocorrelation from 60 to 400 Hz. */
    double[] pitches() {
        double[] found = new double[samples.length / HOP];
        int count = 0;
        for (int from = 0; from + 2 * WINDOW < samples.length; from += HOP) {
            double pitch = pitchAt(from);
            if (pitch > 0) {
                found[count++] = pitch;
            }
        }
        double[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns the pitch below which a share of the voiced time lies. */
    static double quantile(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private double pitchAt(int from) {
        int shortest = RATE_HZ / 400;
        int longest = RATE_HZ / 60;
        double power = product(from, 0);
        if (power / WINDOW < 1e-4) {
            return 0;
        }
        double best = 0;
        int bestLag = 0;
        for (int lag = shortest; lag <= longest; lag++) {
            double shifted = product(from + lag, 0);
            double likeness = product(from, lag) / Math.sqrt(power * shifted + 1e-12);
            // a longer period must be clearly better: twice the period is as alike
            if (likeness > best + 0.03) {
                best = likeness;
                bestLag = lag;
            }
        }
        return best >= VOICED ? RATE_HZ / (double) bestLag : 0;
    }

    private double product(int from, int lag) {
        double sum = 0;
        for (int i = from; i < from + WINDOW && i + lag < samples.length; i++) {
            sum += samples[i] * samples[i + lag];
        }
        return sum;
    }

    /** Returns the peaks of loudness per second: about one for each syllable. */
    double energyPeaksPerSecond() {
        double[] loud = new double[samples.length / HOP];
        double smooth = 0;
        for (int n = 0; n < loud.length; n++) {
            double sum = 0;
            for (int i = n * HOP; i < (n + 1) * HOP; i++) {
                sum += samples[i] * samples[i];
            }
            smooth += 0.3 * (Math.sqrt(sum / HOP) - smooth);
            loud[n] = smooth;
        }
        double most = Arrays.stream(loud).max().orElse(0);
        int peaks = 0;
        double low = 0;
        double high = 0;
        boolean rising = true;
        for (double now : loud) {
            if (rising) {
                high = Math.max(high, now);
                if (now < high - 0.08 * most) {
                    peaks++;
                    rising = false;
                    low = now;
                }
            } else {
                low = Math.min(low, now);
                if (now > low + 0.08 * most) {
                    rising = true;
                    high = now;
                }
            }
        }
        return peaks / seconds();
    }
}
