package dev.stentor.broadcast;

import dev.stentor.codec.OpusSettings;
import java.util.concurrent.Executor;

/**
 * How, and by whom, sound is made smaller.
 *
 * @param workers a bounded number of threads; each stream gives them one task at a time
 * @param opus the encoder's settings
 * @param stats told of the work
 */
public record OpusEncoding(Executor workers, OpusSettings opus, EncodingStats stats) {

    /** The same at another rate. */
    OpusEncoding at(int bitsPerSecond) {
        return new OpusEncoding(workers, opus.at(bitsPerSecond), stats);
    }
}
