package dev.stentor.web.dashscope;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What an answer is made of, before it is written down. */
sealed interface AnswerPart {

    /** Whether nothing follows. */
    default boolean isLast() {
        return false;
    }

    /** One buffer of the engine. */
    record Sound(ByteBuffer samples) implements AnswerPart {}

    /** The heartbeat's interval is over. */
    record Pulse() implements AnswerPart {}

    /**
     * The engine has said all.
     *
     * @param file where all of it is kept; null if nowhere
     */
    record End(@Nullable RecordingLink file) implements AnswerPart {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** The engine gave up. */
    record Failure(Throwable error) implements AnswerPart {
        @Override
        public boolean isLast() {
            return true;
        }
    }
}
