package dev.stentor.channel;

import java.time.Duration;
import java.util.function.Supplier;

/** Says whether a channel takes on more. Confined to the clock's thread. */
final class QueueLimits {

    private static final int SAMPLES_PER_MILLI = 24;
    private static final int SAMPLES_PER_SECOND = 24_000;

    private final UtteranceQueue queue;
    private final Supplier<ChannelSettings> current;

    /** @param current the channel's settings as they are now */
    QueueLimits(UtteranceQueue queue, Supplier<ChannelSettings> current) {
        this.queue = queue;
        this.current = current;
    }

    /** For one more utterance; throws {@link ChannelException}, with about the time when there will be room, if there is none. */
    void check(String text) {
        if (queue.isEmpty()) {
            return;
        }
        ChannelSettings settings = current.get();
        if (queue.size() >= settings.maxUtterances()) {
            throw new ChannelException(new ChannelRefusal.QueueFull(
                    settings.maxUtterances(), lasting(queue.head().remainingSamples())));
        }
        check(text.length(), TextMap.guess(text));
    }

    /** For so many characters more, in the same way; where none wait, for any number. */
    void checkMore(int characters) {
        check(characters, 0);
    }

    private void check(int characters, double samples) {
        ChannelSettings settings = current.get();
        long waiting = queue.characters();
        long tooMany = waiting + characters - settings.maxCharacters();
        if (waiting > 0 && tooMany > 0) {
            throw new ChannelException(new ChannelRefusal.TooMuchText(
                    settings.maxCharacters(), lasting(queue.samplesUntilFreed(tooMany))));
        }
        double tooMuch = queue.remainingSamples() + samples - mostSamples(settings);
        if (waiting > 0 && tooMuch > 0) {
            throw new ChannelException(new ChannelRefusal.TooMuchSound(settings.maxWaiting(), lasting(tooMuch)));
        }
    }

    private static double mostSamples(ChannelSettings settings) {
        return (double) settings.maxWaiting().toMillis() * SAMPLES_PER_MILLI;
    }

    /** How long it takes to play so many samples, in whole seconds. */
    private static Duration lasting(double samples) {
        return Duration.ofSeconds(Math.max(1, (long) Math.ceil(samples / SAMPLES_PER_SECOND)));
    }
}
