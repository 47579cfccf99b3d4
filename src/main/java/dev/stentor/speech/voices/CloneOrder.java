package dev.stentor.speech.voices;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * An order for a voice like that of a recording.
 *
 * @param name part of the name that the service will give; see {@code VoiceRules.name}
 * @param targetModel model that is to speak in it
 * @param language language of the recording, as its code; null leaves it to the service
 * @param transcript text of the recording; null if not known
 * @param recording sound of the voice
 */
public record CloneOrder(
        String name,
        String targetModel,
        @Nullable String language,
        @Nullable String transcript,
        Recording recording) {

    /**
     * A file with a recording.
     *
     * @param mediaType such as {@code audio/wav}
     * @param bytes size of the file
     * @param content all bytes, read as demanded; buffers are not pooled
     */
    public record Recording(String mediaType, long bytes, Flux<ByteBuffer> content) {}

    /** Never shows the transcript. */
    @Override
    public String toString() {
        return "CloneOrder[" + name + ", " + targetModel + ", " + recording.bytes() + " bytes]";
    }
}
