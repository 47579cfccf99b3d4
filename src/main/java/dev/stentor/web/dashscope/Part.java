package dev.stentor.web.dashscope;

import java.nio.ByteBuffer;

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

    /** The engine has said all. */
    record End() implements Part {
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
