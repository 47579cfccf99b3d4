package dev.stentor.web.dashscope;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What an answer is made of, before it is written down. */
sealed interface Part {

    /** Whether nothing follows. */
    default boolean isLast() {
        return false;
    }

    /** One buffer of the engine. */
    record Sound(ByteBuffer samples) implements Part {}

    /** The heartbeat's interval is over. */
    record Pulse() implements Part {}

    /**
     * The engine has said all.
     *
     * @param file where all of it is kept; null if nowhere
     */
    record End(@Nullable KeptFile file) implements Part {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** The engine gave up. */
    record Failure(Throwable error) implements Part {
        @Override
        public boolean isLast() {
            return true;
        }
    }
}
