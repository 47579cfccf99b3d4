package dev.stentor.speech.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/** A program that speaks, well or badly, as its first argument says; started by tests as a process of its own. */
final class SpeakingProgram {

    private static final int SAMPLES = 22_050;

    private SpeakingProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        OutputStream out = System.out;
        switch (arguments[0]) {
            case "wav" -> {
                byte[] text = System.in.readAllBytes();
                out.write(header(22_050));
                out.write(sound(text));
            }
            case "echo" ->
                out.write(asSamples(String.join("|", arguments) + "|"
                        + String.join(",", new TreeSet<>(System.getenv().keySet())) + "|"
                        + new String(System.in.readAllBytes(), UTF_8)));
            case "odd" -> {
                byte[] sound = sound(System.in.readAllBytes());
                for (int from = 0; from < sound.length; from += 777) {
                    out.write(sound, from, Math.min(777, sound.length - from));
                    out.flush();
                }
                out.write(7);
            }
            case "strange" -> {
                out.write(header(12_345));
                out.write(sound(new byte[1]));
            }
            case "noisy" -> {
                byte[] text = System.in.readAllBytes();
                byte[] complaint = ("I was told to say: " + new String(text, UTF_8))
                        .repeat(50_000)
                        .getBytes(UTF_8);
                System.err.write(complaint);
                System.err.flush();
                out.write(sound(text));
            }
            case "refuses" -> System.exit(3);
            case "breaks" -> {
                out.write(sound(new byte[1]));
                out.flush();
                System.exit(4);
            }
            case "says-nothing" -> {}
            case "mute" -> hang();
            case "hangs" -> {
                out.write(sound(new byte[1]));
                out.flush();
                hang();
            }
            case "stubborn" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(SpeakingProgram::hang));
                Process child = new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SpeakingProgram.class.getName(),
                                "mute") // its sound might come before the pids are written
                        .inheritIO()
                        .start();
                Files.writeString(Path.of(arguments[1]), ProcessHandle.current().pid() + " " + child.pid());
                out.write(sound(new byte[1]));
                out.flush();
                hang();
            }
            case "stays" -> {
                out.write(sound(new byte[1]));
                out.close();
                hang();
            }
            case "endless" -> {
                Files.writeString(
                        Path.of(arguments[1]), "" + ProcessHandle.current().pid());
                while (!System.out.checkError()) {
                    out.write(sound(new byte[1]));
                }
            }
            case "long" -> {
                byte[] minute = new byte[60 * 48_000];
                Arrays.fill(minute, (byte) 1);
                out.write(minute);
                out.flush();
                Files.writeString(Path.of(arguments[1]), "all written");
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        out.flush();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) { // nobody interrupts
        }
    }

    /** Returns a second of sound that depends on the text. */
    private static byte[] sound(byte[] text) {
        ByteBuffer sound = ByteBuffer.allocate(2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES; i++) {
            sound.putShort((short) (8_000 * Math.sin(i * 0.05) + Arrays.hashCode(text) % 1_000));
        }
        return sound.array();
    }

    private static byte[] asSamples(String text) {
        ByteBuffer sound = ByteBuffer.allocate(2 * text.length()).order(ByteOrder.LITTLE_ENDIAN);
        text.chars().forEach(character -> sound.putShort((short) character));
        return sound.array();
    }

    private static byte[] header(int rateHz) {
        return ByteBuffer.allocate(44)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(US_ASCII))
                .putInt(0x7FFF_F024)
                .put("WAVEfmt ".getBytes(US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(rateHz)
                .putInt(2 * rateHz)
                .putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(US_ASCII))
                .putInt(0x7FFF_F000)
                .array();
    }
}
