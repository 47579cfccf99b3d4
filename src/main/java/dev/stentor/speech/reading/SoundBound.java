package dev.stentor.speech.reading;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * The most sound that an engine may give for one text. A broken service can go on for ever; no honest one comes near the bound.
 *
 * @param base sound that every text may have, however short
 * @param perCharacter sound that each character adds; zero means that the length of the text sets no bound
 * @param longest most sound of any text; zero means that there is no such bound
 */
public record SoundBound(Duration base, Duration perCharacter, Duration longest) {

    /** The standard bound: 60 s and 1 s a character, at most 4 h. Slow speech takes a quarter of a second a character. */
    public static final SoundBound STANDARD =
            new SoundBound(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(4));

    public SoundBound {
        requireNotNegative("base", base);
        requireNotNegative("per-character", perCharacter);
        requireNotNegative("longest", longest);
    }

    /** Returns the bound of sound at a speed: slower speech is longer. The longest sound of any text stays the same. */
    SoundBound atSpeed(double speed) {
        return speed == 1 ? this : new SoundBound(divided(base, speed), divided(perCharacter, speed), longest);
    }

    private static Duration divided(Duration time, double speed) {
        return Duration.ofNanos(Math.round(time.toNanos() / speed));
    }

    /** Returns the most samples that a text of so many characters may have; {@link Long#MAX_VALUE} if there is no bound. */
    long samples(long characters) {
        long byText = perCharacter.isZero()
                ? Long.MAX_VALUE
                : SpeechTime.samples(base.plus(perCharacter.multipliedBy(characters)));
        return Math.min(byText, longest.isZero() ? Long.MAX_VALUE : SpeechTime.samples(longest));
    }

    /**
     * Returns the same sound up to the bound. If there is more, it is cancelled, and fails with {@link SpeechFailure.Overlong} after
     * the last sample that the bound allows.
     *
     * @param characters gives the length of the text, as far as it is known by then; called in the signals of the sound
     * @param exceeded called once if the sound is cut
     */
    Flux<ByteBuffer> guard(Flux<ByteBuffer> sound, LongSupplier characters, Runnable exceeded) {
        return Flux.defer(() -> sound.handle(new Count(characters, exceeded)));
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }

    /** A count of the samples given so far; confined to one subscription. */
    private final class Count implements BiConsumer<ByteBuffer, SynchronousSink<ByteBuffer>> {

        private final LongSupplier characters;
        private final Runnable exceeded;
        private long given;

        Count(LongSupplier characters, Runnable exceeded) {
            this.characters = characters;
            this.exceeded = exceeded;
        }

        @Override
        public void accept(ByteBuffer buffer, SynchronousSink<ByteBuffer> sink) {
            long left = samples(characters.getAsLong()) - given;
            int samples = buffer.remaining() / Short.BYTES;
            if (samples <= left) {
                given += samples;
                sink.next(buffer);
                return;
            }
            given += left;
            if (left > 0) {
                sink.next(buffer.slice(buffer.position(), (int) left * Short.BYTES));
            }
            exceeded.run();
            sink.error(new SpeechException(
                    new SpeechFailure.Overlong(Duration.ofMillis(SpeechTime.millis(given)), given)));
        }
    }
}
