package dev.stentor.channel;

import dev.stentor.mix.Mixer;
import dev.stentor.mix.VoiceLevels;
import dev.stentor.speech.SpeechRequest;
import org.jspecify.annotations.Nullable;

/** The gain that brings each voice of a channel to the same loudness. Confined to the clock's thread. */
final class VoiceTrim {

    private final Mixer mixer;
    private @Nullable Double targetLufs = MixSettings.DEFAULT.targetLufs();
    private VoiceLevels voices = new VoiceLevels(VoiceLevels.DEFAULT_TARGET_LUFS);

    VoiceTrim(Mixer mixer) {
        this.mixer = mixer;
    }

    /** Brings voices to that loudness from now on; null leaves them as they come. */
    void aim(@Nullable Double newTargetLufs) {
        if (newTargetLufs != null && !newTargetLufs.equals(targetLufs)) {
            voices = new VoiceLevels(newTargetLufs);
        }
        targetLufs = newTargetLufs;
        trim();
    }

    /** Prepares for the voice of an utterance that begins. */
    void begin(SpeechRequest request) {
        voices.begin(request.model() + "/" + request.voice());
        trim();
    }

    /** Measures the next frame of the voice. */
    void measure(float[] frame, int samples) {
        if (targetLufs != null) {
            voices.measure(frame, samples);
            trim();
        }
    }

    /** Returns the gain of the voice that spoke last, in dB. */
    double gainDb() {
        return targetLufs == null ? 0 : voices.gainDb();
    }

    private void trim() {
        mixer.trim(Mixer.SPEECH, gainDb());
    }
}
