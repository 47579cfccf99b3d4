package dev.stentor.broadcast;

/** A receiver of figures about the encoding of sound. Called from any thread; must not block. */
public interface EncodingStats {

    /** A receiver that counts nothing. */
    EncodingStats NONE = new EncodingStats() {
        @Override
        public void waiting(int change) {}

        @Override
        public void encoded(int frames, long micros) {}

        @Override
        public void late(int frames) {}

        @Override
        public void failed() {}
    };

    /** Counts frames that wait for a worker: so many more, or fewer if negative. */
    void waiting(int change);

    /** Counts frames that a worker has encoded, and the time that it took. */
    void encoded(int frames, long micros);

    /** Counts frames that went out as silence because the workers were too far behind. */
    void late(int frames);

    /** Counts a frame that could not be encoded, and went out as silence. */
    void failed();
}
