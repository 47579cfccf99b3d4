package dev.stentor.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remains of a channel whose process is gone.
 *
 * @param settings of the channel; null if they are not known
 * @param pinned whether it stays when nobody uses it
 * @param paused whether somebody had paused it
 * @param pos position of the next sample
 * @param generation of the next frame
 * @param queue the texts that were not spoken, in the order of speaking
 * @param past the latest utterances that are over, the oldest first
 * @param mix how the channel mixed; null if that was never set
 * @param sources that it had
 */
public record Inheritance(
        @Nullable ChannelSettings settings,
        boolean pinned,
        boolean paused,
        long pos,
        int generation,
        List<QueuedText> queue,
        List<Utterance> past,
        @Nullable MixSettings mix,
        List<KeptSource> sources) {

    /** The inheritance of a channel that begins anew. */
    static final Inheritance NONE = new Inheritance(null, false, false, 0, 1, List.of(), List.of(), null, List.of());

    public Inheritance {
        queue = List.copyOf(queue);
        past = List.copyOf(past);
        sources = List.copyOf(sources);
    }

    /**
     * A text that waits to be spoken under an id that was told to clients.
     *
     * @param written what was written of an open text; null if it was given whole
     */
    public record QueuedText(
            String id, UtteranceRequest request, @Nullable WrittenText written) {}
}
