package dev.stentor.broadcast;

import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import java.util.concurrent.Executor;

/**
 * The settings of encoding in Opus and MP3, and the threads that do it.
 *
 * @param workers a bounded number of threads; each stream gives them one task at a time
 * @param opus settings of Opus
 * @param mp3 bit rate of MP3
 * @param stats a receiver of figures about Opus
 * @param mp3Stats a receiver of figures about MP3
 */
public record SoundEncoding(
        Executor workers, OpusSettings opus, Mp3BitRate mp3, EncodingStats stats, EncodingStats mp3Stats) {

    /** Returns the same with another bit rate of Opus. */
    SoundEncoding at(int bitsPerSecond) {
        return new SoundEncoding(workers, opus.at(bitsPerSecond), mp3, stats, mp3Stats);
    }
}
