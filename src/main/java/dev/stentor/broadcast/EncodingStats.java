package dev.stentor.broadcast;

/** Is told what the encoding of sound takes. Called from any thread; must not block. */
public interface EncodingStats {

    /** Tells nobody. */
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

    /** So many more frames wait for a worker, or fewer if negative. */
    void waiting(int change);

    /** A worker has spent that time on so many frames. */
    void encoded(int frames, long micros);

    /** The workers were too far behind: so many frames went out as silence. */
    void late(int frames);

    /** A frame could not be encoded, and went out as silence. */
    void failed();
}
