package dev.stentor.speech.voices;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Asks for a voice like that of a recording.
 *
 * @param name a part of the name that the service will give; see {@code VoiceRules.name}
 * @param targetModel that is to speak in it
 * @param language that is spoken in the recording, as its code; null leaves it to the service
 * @param transcript what is said in the recording; null if not known
 * @param recording the sound
 */
public record CloneOrder(
        String name,
        String targetModel,
        @Nullable String language,
        @Nullable String transcript,
        Recording recording) {

    /**
     * A recording, as a file.
     *
     * @param mediaType such as {@code audio/wav}
     * @param bytes how many there are
     * @param content all of them, read as demanded; buffers are not pooled
     */
    public record Recording(String mediaType, long bytes, Flux<ByteBuffer> content) {}

    /** Never shows the transcript. */
    @Override
    public String toString() {
        return "CloneOrder[" + name + ", " + targetModel + ", " + recording.bytes() + " bytes]";
    }
}
