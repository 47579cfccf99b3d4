package dev.stentor.codec.ffmpeg;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * A program that stands for FFmpeg, good or bad, as its first argument says; started by tests as a process of its own, with the classes
 * of the tests alone.
 */
final class EncodingProgram {

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
}
