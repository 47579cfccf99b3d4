package dev.stentor.codec.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import reactor.core.scheduler.Scheduler;

/** A program that stands for FFmpeg, good or bad, as its first argument says; started by tests as a process of its own. */
public final class EncodingProgram {

    private EncodingProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "echo" -> System.in.transferTo(System.out);
            case "fails" -> {
                System.in.read();
                System.err.println("a secret sound");
                System.err.flush();
                System.exit(3);
            }
            case "ends-early" -> System.in.read();
            case "says-nothing" -> System.in.readAllBytes();
            case "hangs" -> new CountDownLatch(1).await();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.flush();
    }

    /** Creates an encoder with this program behind it. */
    public static AacEncoder encoder(String what, int processes, Scheduler timer) {
        String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var settings = new AacSettings(java, 64_000, processes, Duration.ofSeconds(20), Duration.ofMinutes(10));
        String classes = EncodingProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        var arguments = List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classes, EncodingProgram.class.getName(), what);
        return new AacEncoder(settings, arguments, timer);
    }
}
