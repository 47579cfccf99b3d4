package dev.stentor.web.dashscope;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One part of an answer, before it is encoded as a frame. */
sealed interface AnswerPart {

    /** Tells whether this is the last part. */
    default boolean isLast() {
        return false;
    }

    /** One buffer of sound from the engine. */
    record Sound(ByteBuffer samples) implements AnswerPart {}

    /** The end of a heartbeat interval. */
    record Heartbeat() implements AnswerPart {}

    /**
     * The end of the speech.
     *
     * @param file address of the recording; null if there is none
     */
    record End(@Nullable RecordingLink file) implements AnswerPart {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** A failure of the engine. */
    record Failure(Throwable error) implements AnswerPart {
        @Override
        public boolean isLast() {
            return true;
        }
    }
}
