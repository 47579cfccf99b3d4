package dev.stentor.broadcast;

import dev.stentor.codec.OpusSettings;
import java.util.concurrent.Executor;

/**
 * The settings of encoding in Opus, and the threads that do it.
 *
 * @param workers a bounded number of threads; each stream gives them one task at a time
 * @param opus the encoder's settings
 * @param stats a receiver of figures about the work
 */
public record OpusEncoding(Executor workers, OpusSettings opus, EncodingStats stats) {

    /** Returns the same with another bit rate. */
    OpusEncoding at(int bitsPerSecond) {
        return new OpusEncoding(workers, opus.at(bitsPerSecond), stats);
    }
}
