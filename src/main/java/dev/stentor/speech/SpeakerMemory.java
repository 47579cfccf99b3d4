package dev.stentor.speech;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The memory of a text that is spoken in several requests: the engine that spoke the first of them speaks the others, where there is a choice.
 * It lies in the context of their subscribers. Thread-safe.
 */
public final class SpeakerMemory {

    private final AtomicReference<@Nullable SpeechEngine> speaker = new AtomicReference<>();

    private SpeakerMemory() {}

    /** Returns the same context with the memory of a new text. */
    public static Context begin(Context context) {
        return context.put(SpeakerMemory.class, new SpeakerMemory());
    }

    /** Returns the engine that spoke before, or else the one that is chosen now, which is remembered if there is a memory. */
    public static SpeechEngine speaker(ContextView context, Supplier<SpeechEngine> choice) {
        SpeakerMemory memory = context.getOrDefault(SpeakerMemory.class, null);
        if (memory == null) {
            return choice.get();
        }
        SpeechEngine before = memory.speaker.get();
        if (before != null) {
            return before;
        }
        SpeechEngine chosen = choice.get();
        SpeechEngine meanwhile = memory.speaker.compareAndExchange(null, chosen);
        return meanwhile == null ? chosen : meanwhile;
    }
}
