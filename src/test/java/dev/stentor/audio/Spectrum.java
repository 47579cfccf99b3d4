package dev.stentor.audio;

/** The loudness of each frequency of a sound: a Fourier transform under a window that hides nothing down to -160 dB. */
final class Spectrum {

    private static final int SIZE = 1 << 15;
    private static final Kaiser WINDOW = new Kaiser(20);

    private final double[] decibels = new double[SIZE / 2];

    /**
     * Computes the spectrum of the middle of a sound of at least 32,768 samples; a sine of {@link Tone#AMPLITUDE} has 0 dB.
     */
    static Spectrum of(float[] sound) {
        return new Spectrum(sound, (sound.length - SIZE) / 2);
    }

    private Spectrum(float[] sound, int from) {
        double[] real = new double[SIZE];
        double[] imaginary = new double[SIZE];
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            double weight = WINDOW.at(2.0 * (i + 0.5) / SIZE - 1);
            real[i] = sound[from + i] * weight;
            sum += weight;
        }
        transform(real, imaginary);
        for (int bin = 0; bin < SIZE / 2; bin++) {
            decibels[bin] = Tone.decibels(2 * Math.hypot(real[bin], imaginary[bin]) / sum / Tone.AMPLITUDE);
        }
    }

    /** Returns the loudest level between two parts of the Nyquist frequency, 0 to 1, in dB. */
    double loudest(double fromPart, double toPart) {
        double loudest = -240;
        int last = Math.min(SIZE / 2 - 1, (int) (toPart * SIZE / 2));
        for (int bin = (int) (fromPart * SIZE / 2); bin <= last; bin++) {
            loudest = Math.max(loudest, decibels[bin]);
        }
        return loudest;
    }

    /** Transforms in place, radix two. */
    private static void transform(double[] real, double[] imaginary) {
        int bits = Integer.numberOfTrailingZeros(real.length);
        for (int i = 0; i < real.length; i++) {
            int mirrored = Integer.reverse(i) >>> (32 - bits);
            if (mirrored > i) {
                double held = real[i];
                real[i] = real[mirrored];
                real[mirrored] = held;
            }
        }
        for (int half = 1; half < real.length; half *= 2) {
            for (int k = 0; k < half; k++) {
                double angle = -Math.PI * k / half;
                double cosine = Math.cos(angle), sine = Math.sin(angle);
                for (int i = k; i < real.length; i += 2 * half) {
                    int j = i + half;
                    double re = real[j] * cosine - imaginary[j] * sine;
                    double im = real[j] * sine + imaginary[j] * cosine;
                    real[j] = real[i] - re;
                    imaginary[j] = imaginary[i] - im;
                    real[i] += re;
                    imaginary[i] += im;
                }
            }
        }
    }
}
