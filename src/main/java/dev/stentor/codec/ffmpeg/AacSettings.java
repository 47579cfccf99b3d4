package dev.stentor.codec.ffmpeg;

import java.time.Duration;

/**
 * The FFmpeg that encodes AAC, and its limits.
 *
 * @param program its name on the path, or its own path
 * @param bitRate bits per second
 * @param processes most processes at once
 * @param timeout longest time in which it may give nothing although it has sound and its output is read
 * @param longest longest time that one process may run
 */
public record AacSettings(String program, int bitRate, int processes, Duration timeout, Duration longest) {

    public AacSettings {
        if (program.isBlank()) {
            throw new IllegalArgumentException("program must be named");
        }
        if (bitRate < 16_000 || bitRate > 144_000) {
            throw new IllegalArgumentException("bitRate must be 16000 to 144000, was " + bitRate);
        }
        if (processes <= 0) {
            throw new IllegalArgumentException("processes must be positive, was " + processes);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("longest must be positive, was " + longest);
        }
    }
}
