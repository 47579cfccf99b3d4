package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place to which a channel was heard when the node was gone that had it.
 *
 * @param pos the sample after the last one
 * @param generation of the frames
 * @param paused whether the speech was held there
 * @param over ids of utterances that were begun or have ended, as far as they are known
 * @param lost the end of the utterance that was being spoken; null if there was none
 */
public record HeardUntil(
        long pos,
        int generation,
        boolean paused,
        Set<String> over,
        @Nullable UtteranceEnded lost) {

    public HeardUntil {
        over = Set.copyOf(over);
    }
}
