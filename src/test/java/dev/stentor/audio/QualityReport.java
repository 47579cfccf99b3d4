package dev.stentor.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the resampler beside those of other people, and writes the tables and pictures of {@code docs/audio-quality.md}, whose
 * name is the one argument. The document says how it is started.
 */
final class QualityReport {

    private static final String BEGIN = "<!-- measured: written by QualityReport -->";
    private static final String END = "<!-- end -->";
    private static final int[][] COMPARED = {
        {8_000, 24_000},
        {11_025, 24_000},
        {16_000, 24_000},
        {22_050, 24_000},
        {32_000, 24_000},
        {44_100, 24_000},
        {48_000, 24_000},
        {24_000, 48_000}
    };

    private QualityReport() {}

    public static void main(String[] arguments) throws IOException {
        Path document = Path.of(arguments[0]);
        Map<String, SteppedSine.Conversion> candidates = new LinkedHashMap<>();
        candidates.put("**Stentor, hq**", (in, out, sound) -> own(in, out, sound, ResamplerPreset.HQ));
        candidates.put("Stentor, light", (in, out, sound) -> own(in, out, sound, ResamplerPreset.LIGHT));
        candidates.putAll(OtherResamplers.installed());
        String text = Files.readString(document);
        String head = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
        String rest = text.substring(text.indexOf(END));
        Files.writeString(document, head + "\n\n" + beside(candidates) + "\n" + allRates() + "\n" + rest);
        Path pictures = Files.createDirectories(document.resolveSibling("audio-quality"));
        tone(pictures, candidates, 22_050, 24_000, 10_000);
        tone(pictures, candidates, 44_100, 24_000, 997);
        slope(pictures.resolve("slope-44100-24000.svg"), candidates);
    }

    private static String beside(Map<String, SteppedSine.Conversion> candidates) throws IOException {
        var table = new StringBuilder("""
                Worst of 8, 11.025, 16, 22.05, 32, 44.1, 48 to 24 kHz and of 24 to 48 kHz:

                | resampler | ripple to 0.9 Nyquist | gain at 0.95 | THD+N at 997 Hz | THD+N, worst to 0.9 | worst alias |
                |---|---|---|---|---|---|
                """);
        for (var candidate : candidates.entrySet()) {
            SteppedSine.Figures worst = null;
            for (int[] pair : COMPARED) {
                SteppedSine.Figures figures = new SteppedSine(pair[0], pair[1]).measure(candidate.getValue());
                worst = worst == null ? figures : worst.worse(figures);
            }
            if (worst != null) {
                table.append(row(candidate.getKey(), worst));
            }
        }
        return table.toString();
    }

    private static String allRates() throws IOException {
        var table = new StringBuilder("""
                Our own, `hq`, for each pair of rates:

                | kHz | ripple to 0.9 Nyquist | gain at 0.95 | THD+N at 997 Hz | THD+N, worst to 0.9 | worst alias | delay |
                |---|---|---|---|---|---|---|
                """);
        for (int inHz : Resampler.RATES_HZ) {
            for (int outHz : Resampler.RATES_HZ) {
                if (inHz != outHz) {
                    SteppedSine.Figures figures = new SteppedSine(inHz, outHz)
                            .measure((in, out, sound) -> own(in, out, sound, ResamplerPreset.HQ));
                    double delay = 1e3 * Resampler.between(inHz, outHz).delaySamples() / inHz;
                    String row = row(kilohertz(inHz) + " → " + kilohertz(outHz), figures);
                    table.append(row, 0, row.length() - 1).append(String.format(Locale.ROOT, " %.2f ms |%n", delay));
                }
            }
        }
        return table.toString();
    }

    private static String row(String name, SteppedSine.Figures figures) {
        return String.format(
                Locale.ROOT,
                "| %s | %s dB | %.1f dB | %.1f dB | %.1f dB | %s |%n",
                name,
                figures.rippleDecibels() < 0.00005
                        ? "< 0.0001"
                        : String.format(Locale.ROOT, "%.4f", figures.rippleDecibels()),
                figures.edgeDecibels(),
                figures.rest1kDecibels(),
                figures.restDecibels(),
                Double.isNaN(figures.aliasDecibels())
                        ? "–"
                        : String.format(Locale.ROOT, "%.1f dB", figures.aliasDecibels()));
    }

    private static String kilohertz(int hertz) {
        return hertz % 1_000 == 0 ? "" + hertz / 1_000 : "" + hertz / 1e3;
    }

    /** Draws the spectrum of one tone behind each resampler. */
    private static void tone(
            Path folder, Map<String, SteppedSine.Conversion> candidates, int inHz, int outHz, int hertz)
            throws IOException {
        var picture = new Picture(
                hertz + " Hz from " + kilohertz(inHz) + " to " + kilohertz(outHz)
                        + " kHz: all but the one line is error",
                outHz / 2.0);
        for (var candidate : candidates.entrySet()) {
            Spectrum spectrum = Spectrum.of(candidate.getValue().of(inHz, outHz, Tone.of(hertz, inHz, 2 * inHz)));
            picture.panel(candidate.getKey().replace("*", ""), spectrum::loudest);
        }
        picture.write(folder.resolve("tone-" + hertz + "-" + inHz + "-" + outHz + ".svg"));
    }

    /** Draws how loud the output is for each frequency of the input. */
    private static void slope(Path file, Map<String, SteppedSine.Conversion> candidates) throws IOException {
        int inHz = 44_100;
        int outHz = 24_000;
        var picture =
                new Picture("44.1 to 24 kHz: how loud a tone comes out; from 12 kHz on it should not", inHz / 2.0);
        for (var candidate : candidates.entrySet()) {
            double[] loudness = new double[Picture.COLUMNS];
            for (int column = 0; column < Picture.COLUMNS; column += 2) {
                double hertz = (column + 0.5) / Picture.COLUMNS * inHz / 2;
                float[] out = candidate.getValue().of(inHz, outHz, Tone.of(hertz, inHz, inHz / 4));
                Arrays.fill(loudness, column, Math.min(column + 2, loudness.length), Tone.loudnessDecibels(out));
            }
            picture.panel(
                    candidate.getKey().replace("*", ""),
                    (from, to) -> loudness[Math.min((int) (from * Picture.COLUMNS), Picture.COLUMNS - 1)]);
        }
        picture.write(file);
    }

    private static float[] own(int inHz, int outHz, float[] sound, ResamplerPreset preset) {
        Resampler resampler = Resampler.between(inHz, outHz, preset);
        float[] out = new float[resampler.most(sound.length)];
        int put = resampler.resample(sound, 0, sound.length, out, 0);
        put += resampler.finish(out, put);
        return Arrays.copyOf(out, put);
    }
}
