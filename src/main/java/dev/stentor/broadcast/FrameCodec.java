package dev.stentor.broadcast;

import dev.stentor.codec.OpusEncoder;
import dev.stentor.codec.OpusSettings;
import java.nio.ByteBuffer;

/** A codec of one stream of sound, frame by frame. Used by one thread at a time. */
interface FrameCodec {

    /**
     * Encodes the next frame; the array, which is never changed again, may be empty if the frame is not complete yet in this format.
     *
     * @param frame 20 ms of sound; never changed
     * @param last whether a pause follows: the result then has what the codec would keep back, if the format allows that
     */
    byte[] encode(ByteBuffer frame, boolean last);

    /** Begins anew: the next frame does not continue those before it. */
    void reset();

    /** Returns a codec of Opus: one packet for each frame. */
    static FrameCodec opus(OpusSettings settings) {
        var encoder = new OpusEncoder(settings);
        return new FrameCodec() {
            @Override
            public byte[] encode(ByteBuffer frame, boolean last) {
                return last ? encoder.encodeLast(frame) : encoder.encode(frame);
            }

            @Override
            public void reset() {
                encoder.reset();
            }
        };
    }
}
