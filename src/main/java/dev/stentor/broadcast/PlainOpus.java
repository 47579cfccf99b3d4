package dev.stentor.broadcast;

import dev.stentor.codec.OpusEncoder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Opus for plain clients: a new one gets the latest packets first, which prepare its decoder. Confined to the clock's thread. */
final class PlainOpus implements PlainFormat<OpusSound> {

    private final SoundEncoding encoding;
    private final ArrayDeque<byte[]> latest = new ArrayDeque<>();

    PlainOpus(SoundEncoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public FrameCodec codec() {
        return FrameCodec.opus(encoding.opus());
    }

    @Override
    public EncodingStats stats() {
        return encoding.stats();
    }

    @Override
    public int tailFrames() {
        return 1;
    }

    @Override
    public Optional<OpusSound> first() {
        return Optional.of(new OpusSound(List.copyOf(latest), false));
    }

    @Override
    public Optional<OpusSound> sound(byte[] bytes, String title) {
        latest.add(bytes);
        if (latest.size() > OpusEncoder.PRE_ROLL_PACKETS) {
            latest.remove();
        }
        return Optional.of(new OpusSound(List.of(bytes), false));
    }

    @Override
    public OpusSound beforePause(OpusSound sound) {
        return new OpusSound(sound.packets(), true);
    }

    @Override
    public void end() {
        latest.clear();
    }
}
