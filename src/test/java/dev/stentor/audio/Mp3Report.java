package dev.stentor.audio;

import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.Mp3Decoding;
import dev.stentor.codec.Mp3Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Measures the MP3 of the embedded voice beside that of the program {@code lame} at the same rate, both decoded by {@code mpg123} and
 * {@code ffmpeg}, and writes the table of {@code docs/audio-quality.md}, whose name is the one argument. Needs the three programs.
 */
final class Mp3Report {

    private static final String BEGIN = "<!-- measured: written by Mp3Report -->";
    private static final String END = "<!-- end of MP3 -->";
    private static final int[] KILOBITS = {48, 64, 128};

    private final Path folder;
    private final short[] original;

    private Mp3Report(Path folder, short[] original) {
        this.folder = folder;
        this.original = original;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        byte[] voice = SpeedReport.voice();
        Path folder = Files.createTempDirectory("mp3");
        Files.write(folder.resolve("voice.raw"), voice);
        String table = new Mp3Report(folder, SpeedReport.samples(voice)).table(voice);
        SpeedReport.replace(Path.of(arguments[0]), BEGIN, END, table);
        System.exit(0); // MaryTTS leaves threads behind
    }

    private String table(byte[] voice) throws IOException, InterruptedException {
        var table = new StringBuilder("""
                | kbit/s | ours: spectrum | LAME: spectrum | ours beside LAME's | ours: longer, by mpg123 | by FFmpeg | LAME: longer, by mpg123 |
                |---|---|---|---|---|---|---|
                """);
        for (int kilobits : KILOBITS) {
            Path ours = folder.resolve("ours.mp3");
            Files.write(ours, encoded(voice, kilobits));
            Path lame = folder.resolve("lame.mp3");
            byte[] _ = run(
                    "lame --quiet -r -s 24 --bitwidth 16 --signed --little-endian -m m --resample 24 --cbr --nores -b "
                            + kilobits + " voice.raw lame.mp3");
            short[] oursHeard = decoded("mpg123 -q -s " + ours.getFileName());
            short[] oursByFfmpeg = decoded("ffmpeg -v error -i " + ours.getFileName() + " -f s16le -");
            short[] lameHeard = withoutDelay(decoded("mpg123 -q -s " + lame.getFileName()));
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %.1f dB | %.1f dB | %.1f dB | %d | %d | %d |%n",
                    kilobits,
                    spectrum(original, oursHeard),
                    spectrum(original, lameHeard),
                    spectrum(lameHeard, oursHeard),
                    oursHeard.length - original.length,
                    oursByFfmpeg.length - original.length,
                    lameHeard.length - original.length));
        }
        return table.toString();
    }

    /** Drops the delay of a sound whose first frame had no room for the length: below 64 kbit/s the program leaves it out. */
    private short[] withoutDelay(short[] heard) {
        boolean delayed = heard.length > original.length + Mp3Decoding.DELAY;
        return delayed ? Arrays.copyOfRange(heard, Mp3Decoding.DELAY, heard.length) : heard;
    }

    private static double spectrum(short[] original, short[] other) {
        return SpokenLikeness.of(original, other, 1).spectrumDecibels();
    }

    private static byte[] encoded(byte[] voice, int kilobits) {
        var encoder = new Mp3Encoder(new Mp3BitRate(1_000 * kilobits));
        var file = new ByteArrayOutputStream();
        file.writeBytes(encoder.head(OptionalLong.of(voice.length / Short.BYTES)));
        file.writeBytes(encoder.encode(ByteBuffer.wrap(voice)));
        file.writeBytes(encoder.end());
        return file.toByteArray();
    }

    private short[] decoded(String command) throws IOException, InterruptedException {
        return SpeedReport.samples(run(command));
    }

    private byte[] run(String command) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(Arrays.asList(command.split(" ")))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] out = program.getInputStream().readAllBytes();
        if (program.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
        return out;
    }
}
