package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;
import java.util.function.Supplier;

/** The limits of a channel's queue: decide whether it takes more. Confined to the clock's thread. */
final class QueueLimits {

    private final UtteranceQueue queue;
    private final Supplier<ChannelSettings> current;

    /** @param current the channel's settings as they are now */
    QueueLimits(UtteranceQueue queue, Supplier<ChannelSettings> current) {
        this.queue = queue;
        this.current = current;
    }

    /**
     * Checks whether the queue has room for one more utterance. An empty queue takes any text.
     *
     * @throws ChannelException if there is no room, with an estimate of when there will be
     */
    void check(String text) {
        if (queue.isEmpty()) {
            return;
        }
        ChannelSettings settings = current.get();
        if (queue.size() >= settings.maxUtterances()) {
            throw new ChannelException(ChannelRefusal.queueFull(
                    settings.maxUtterances(), lasting(queue.head().remainingSamples())));
        }
        check(text.length(), TextMap.guess(text));
    }

    /** Checks whether the queue has room for so many characters more, in the same way. If none wait, any number is taken. */
    void checkMore(int characters) {
        check(characters, 0);
    }

    private void check(int characters, double samples) {
        ChannelSettings settings = current.get();
        long waiting = queue.characters();
        long tooMany = waiting + characters - settings.maxCharacters();
        if (waiting > 0 && tooMany > 0) {
            throw new ChannelException(
                    ChannelRefusal.tooMuchText(settings.maxCharacters(), lasting(queue.samplesUntilFreed(tooMany))));
        }
        double tooMuch = queue.remainingSamples() + samples - SpeechTime.samples(settings.maxWaiting());
        if (waiting > 0 && tooMuch > 0) {
            throw new ChannelException(ChannelRefusal.tooMuchSound(settings.maxWaiting(), lasting(tooMuch)));
        }
    }

    /** Returns how long it takes to play so many samples, in whole seconds, at least one. */
    private static Duration lasting(double samples) {
        return Duration.ofSeconds(Math.max(1, (long) Math.ceil(samples / SpeechTime.SAMPLES_PER_SECOND)));
    }
}
