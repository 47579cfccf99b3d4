package dev.stentor.channel;

import dev.stentor.channel.ChannelEvent.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The times of an utterance that is over. Holds no text.
 *
 * @param channel channel on which it was spoken
 * @param id id of the utterance
 * @param reason reason of its end
 * @param failure code of the failure; null if it did not fail
 * @param characters length of its text in UTF-16 units
 * @param sound length of the sound that was released
 * @param untilSound time from the request to its first sound; null if there was none
 * @param lifetime time from the request to the end
 */
public record SpokenUtterance(
        ChannelName channel,
        String id,
        Reason reason,
        @Nullable String failure,
        int characters,
        Duration sound,
        @Nullable Duration untilSound,
        Duration lifetime) {}
