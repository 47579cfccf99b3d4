package dev.stentor.audio;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.local.LocalEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures the change of speed on tones and on the embedded voice, beside FFmpeg's {@code atempo} where that is installed, and writes the
 * table of {@code docs/audio-quality.md}, whose name is the one argument.
 */
final class SpeedReport {

    private static final String BEGIN = "<!-- measured: written by SpeedReport -->";
    private static final String END = "<!-- end of speeds -->";
    private static final String TEXT =
            "The quick brown fox jumps over the lazy dog, and then it sleeps for a long time. "
                    + "She sells sea shells on the sea shore. Please call Stella, and ask her to bring these things with her.";
    private static final double[] SPEEDS = {0.25, 0.5, 0.75, 1.25, 1.5, 2, 3, 4};
    private static final double[] TONES = {70, 110, 220, 440, 997, 3_000, 6_000};
    private static final int RATE_HZ = SpeechTime.SAMPLES_PER_SECOND;

    private SpeedReport() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path document = Path.of(arguments[0]);
        byte[] voice = voice();
        var table = new StringBuilder("""
                | speed | tone: pitch off by | speech: pitch off by | pitch wrong | spectrum | FFmpeg: pitch off by | pitch wrong | spectrum | seconds of input a second |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (double speed : SPEEDS) {
            byte[] scaled = scaled(voice, speed);
            byte[] ffmpeg = ffmpeg(voice, speed);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f %% | %s | %s | %,d |%n",
                    speed == Math.rint(speed) ? "" + (int) speed : "" + speed,
                    worstTone(speed),
                    figures(voice, scaled, speed),
                    ffmpeg == null ? "– | – | –" : figures(voice, ffmpeg, speed),
                    throughput(voice, speed)));
        }
        byte[] later = Arrays.copyOfRange(voice, 2 * 240, voice.length);
        table.append(String.format("| 1, 10 ms late | – | %s | – | – | – | – |%n", figures(voice, later, 1)));
        replace(document, BEGIN, END, table.toString());
        System.exit(0); // MaryTTS leaves threads behind
    }

    /** Puts a table between two lines of a document. */
    static void replace(Path document, String begin, String end, String table) throws IOException {
        String text = Files.readString(document);
        String head = text.substring(0, text.indexOf(begin) + begin.length());
        Files.writeString(document, head + "\n\n" + table + "\n" + text.substring(text.indexOf(end)));
    }

    private static String figures(byte[] original, byte[] other, double speed) {
        SpokenLikeness.Figures figures = SpokenLikeness.of(samples(original), samples(other), speed);
        return String.format(
                Locale.ROOT,
                "%.2f %% | %.1f %% | %.1f dB",
                figures.pitchPercent(),
                figures.wrongPercent(),
                figures.spectrumDecibels());
    }

    /** Returns 15 s of the embedded voice. */
    static byte[] voice() {
        try (LocalEngine engine = LocalEngine.start(1, 64, () -> "report")) {
            var sound = new ByteArrayOutputStream();
            engine.speak(SpeechRequest.of(TEXT))
                    .audio()
                    .doOnNext(buffer -> add(sound, buffer))
                    .blockLast();
            return sound.toByteArray();
        }
    }

    private static double worstTone(double speed) {
        double worst = 0;
        for (double hertz : TONES) {
            ByteBuffer tone = ByteBuffer.allocate(4 * RATE_HZ).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 2 * RATE_HZ; i++) {
                tone.putShort((short) Math.round(20_000 * Math.sin(2 * Math.PI * hertz * i / RATE_HZ)));
            }
            worst = Math.max(worst, Math.abs(hertz(samples(scaled(tone.array(), speed))) / hertz - 1));
        }
        return 100 * worst;
    }

    /** Returns the frequency by the rises through zero in the middle, placed between samples. */
    private static double hertz(short[] sound) {
        double first = -1;
        double last = -1;
        int rises = 0;
        for (int i = sound.length / 10; i < sound.length * 9 / 10; i++) {
            if (sound[i - 1] < 0 && sound[i] >= 0) {
                last = i - (double) sound[i] / (sound[i] - sound[i - 1]);
                first = first < 0 ? last : first;
                rises++;
            }
        }
        return (rises - 1) * RATE_HZ / (last - first);
    }

    /** Returns how many seconds of input a core scales in a second, when warm. */
    private static long throughput(byte[] voice, double speed) {
        for (int i = 0; i < 30; i++) {
            Objects.requireNonNull(scaled(voice, speed));
        }
        long begun = System.nanoTime();
        int rounds = 50;
        for (int i = 0; i < rounds; i++) {
            Objects.requireNonNull(scaled(voice, speed));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return Math.round(rounds * (voice.length / 2.0 / RATE_HZ) / seconds / 10) * 10;
    }

    private static byte[] scaled(byte[] sound, double speed) {
        var scaler = new TimeScaler(speed);
        var out = new ByteArrayOutputStream();
        for (int from = 0; from < sound.length; from += 960) {
            add(out, scaler.scale(ByteBuffer.wrap(sound, from, Math.min(960, sound.length - from))));
        }
        add(out, scaler.finish());
        return out.toByteArray();
    }

    private static byte @Nullable [] ffmpeg(byte[] sound, double speed) throws IOException, InterruptedException {
        Path in = Files.createTempFile("speed", ".raw");
        Path out = Files.createTempFile("speed", ".raw");
        try {
            Files.write(in, sound);
            // atempo takes 0.5 to 2 at once without skipping samples.
            double root = Math.sqrt(speed);
            Process program = new ProcessBuilder(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-y",
                            "-f",
                            "s16le",
                            "-ar",
                            "24000",
                            "-ac",
                            "1",
                            "-i",
                            in.toString(),
                            "-af",
                            "atempo=" + root + ",atempo=" + root,
                            "-f",
                            "s16le",
                            out.toString())
                    .inheritIO()
                    .start();
            return program.waitFor() == 0 ? Files.readAllBytes(out) : null;
        } catch (IOException _) {
            return null;
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
        }
    }

    private static void add(ByteArrayOutputStream out, ByteBuffer sound) {
        byte[] bytes = new byte[sound.remaining()];
        sound.duplicate().get(bytes);
        out.writeBytes(bytes);
    }

    static short[] samples(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
