package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceSettings;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Sources for tests of a channel that mixes, and its released sound as samples. */
final class Mixed {

    static final int FRAME = SpeechTime.FRAME_SAMPLES;
    static final MixSettings PLAIN = new MixSettings(DuckSettings.DEFAULT, null, false);
    static final MixSettings ALWAYS = new MixSettings(DuckSettings.DEFAULT, null, true);
    static final byte[] SPEECH = Signals.selfIndexing(5 * SECOND);

    private Mixed() {}

    static Source tone(double size, boolean ducks) {
        float[] samples = new float[2_400]; // 50 periods of 500 Hz
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (size * Math.sin(2 * Math.PI * 500 * i / SECOND));
        }
        SoundClip sound = SoundClip.of(samples);
        return Source.now(sound::looped, new SourceSettings(0, 5, ducks));
    }

    static short[] samples(List<Audio> frames) {
        short[] all = new short[frames.size() * FRAME];
        for (int i = 0; i < frames.size(); i++) {
            ByteBuffer audio = frames.get(i).audio().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            audio.asShortBuffer().get(all, i * FRAME, FRAME);
        }
        return all;
    }

    static short[] shorts(byte[] bytes) {
        short[] all = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(all);
        return all;
    }
}
