package dev.stentor.channel;

import java.time.Duration;

/** Says whether a channel takes on more. Confined to the clock's thread. */
final class Room {

    private final Queue queue;
    private final ChannelSettings settings;

    Room(Queue queue, ChannelSettings settings) {
        this.queue = queue;
        this.settings = settings;
    }

    /** For one more utterance; throws {@link ChannelException}, with about the time when there will be room, if there is none. */
    void check(String text) {
        if (queue.size() >= settings.maxUtterances()) {
            throw new ChannelException(new ChannelRefusal.QueueFull(settings.maxUtterances(), untilThereIsRoom()));
        }
        if (!queue.isEmpty()) {
            checkMore(text.length());
        }
    }

    /** For so many characters more, in the same way; where none wait, for any number. */
    void checkMore(int characters) {
        long waiting = queue.characters();
        if (waiting > 0 && waiting + characters > settings.maxCharacters()) {
            throw new ChannelException(new ChannelRefusal.TooMuchText(settings.maxCharacters(), untilThereIsRoom()));
        }
    }

    /** About when the one that is being spoken will be over. */
    private Duration untilThereIsRoom() {
        return Duration.ofSeconds(Math.max(1, (long) queue.head().remainingSamples() / 24_000));
    }
}
