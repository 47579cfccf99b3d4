package dev.stentor.broadcast;

import java.nio.ByteBuffer;
import java.util.Optional;

/** MP3 for plain clients, each of which may begin with any frame. Confined to the clock's thread. */
record PlainMp3(SoundEncoding encoding) implements PlainFormat<Mp3Sound> {

    @Override
    public FrameCodec codec() {
        return new Mp3Codec(encoding.mp3());
    }

    @Override
    public EncodingStats stats() {
        return encoding.mp3Stats();
    }

    /** Returns 80 ms: the delay of the encoder and of decoders, and the rest of the last frame. */
    @Override
    public int tailFrames() {
        return 4;
    }

    @Override
    public Optional<Mp3Sound> first() {
        return Optional.empty();
    }

    @Override
    public Optional<Mp3Sound> sound(byte[] bytes, String title) {
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(new Mp3Sound(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), title, false));
    }

    @Override
    public Mp3Sound beforePause(Mp3Sound sound) {
        return new Mp3Sound(sound.frames(), sound.title(), true);
    }

    /** Returns a pause behind what came before: the last of the silence may fill no frame. */
    @Override
    public Optional<Mp3Sound> pause() {
        return Optional.of(new Mp3Sound(ByteBuffer.allocate(0), "", true));
    }

    @Override
    public void end() {
        // It keeps nothing.
    }
}
