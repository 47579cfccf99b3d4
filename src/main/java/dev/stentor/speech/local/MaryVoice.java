package dev.stentor.speech.local;

import dev.stentor.audio.HalfBandDecimator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.sound.sampled.AudioInputStream;
import javax.xml.parsers.ParserConfigurationException;
import marytts.LocalMaryInterface;
import marytts.exceptions.MaryConfigurationException;
import marytts.exceptions.SynthesisException;
import marytts.signalproc.effects.VocalTractLinearScalerEffect;
import marytts.util.data.BufferedDoubleDataSource;
import marytts.util.data.audio.MaryAudioUtils;

/**
 * The MaryTTS voice cmu-slt-hsmm. The first sentence starts it, which takes seconds. The calling thread's context class loader
 * must be the application's; else MaryTTS finds no configuration, then and in all later calls. The same sentence gives the same
 * samples, whatever other threads say at the same time. Thread-safe.
 */
final class MaryVoice implements PersonaVoice {

    private static final String VOICE = "cmu-slt-hsmm";
    private static final int RATE_HZ = 48_000;

    /** Gain of -3 dB, because the voice reaches full scale, and both the throat effect and the filter may overshoot. */
    private static final double GAIN = Math.sqrt(0.5);

    /** Level below which a sample counts as silence; full scale is 1. */
    private static final double SILENCE = 0.005;

    /** Pause after a clause: 0.15 s. MaryTTS ends everything with the pause of a full stop, 0.25 to 0.45 s. */
    private static final int CLAUSE_PAUSE_SAMPLES = 7_200;

    @Override
    public byte[] speak(String sentence, Persona persona)
            throws MaryConfigurationException, SynthesisException, ParserConfigurationException, IOException {
        // One for each sentence, because its settings are its state, and creating one costs nothing.
        var mary = new LocalMaryInterface();
        mary.setInputType("RAWMARYXML");
        mary.setVoice(VOICE);
        double[] samples;
        try (AudioInputStream sound = mary.generateAudio(MaryXml.of(sentence, persona.addedPitchHz()))) {
            if (Math.round(sound.getFormat().getSampleRate()) != RATE_HZ) {
                throw new IOException("The voice speaks at " + sound.getFormat().getSampleRate() + " Hz");
            }
            // Not readAllBytes(), which stops early without an error.
            samples = MaryAudioUtils.getSamplesAsDoubleArray(sound);
        }
        double[] paused = endsASentence(sentence) ? samples : withShortPause(samples);
        return decimated(persona.throat() == 1 ? paused : throughThroat(paused, persona.throat()));
    }

    /**
     * Changes the length of the throat. MaryTTS' own effects would round to 16 bits, clip, and report each sample on the console.
     */
    private static double[] throughThroat(double[] samples, double factor) {
        if (samples.length == 0) {
            return samples;
        }
        var throat = new VocalTractLinearScalerEffect(RATE_HZ);
        throat.setParams("amount:" + factor + ";");
        return throat.apply(new BufferedDoubleDataSource(samples)).getAllData();
    }

    private static byte[] decimated(double[] samples) {
        var decimator = new HalfBandDecimator(GAIN);
        var bytes = new ByteArrayOutputStream(samples.length + 2);
        bytes.writeBytes(decimator.decimate(samples));
        bytes.writeBytes(decimator.finish());
        return bytes.toByteArray();
    }

    private static boolean endsASentence(String sentence) {
        String end = sentence.strip();
        return end.isEmpty() || ",;:-".indexOf(end.charAt(end.length() - 1)) < 0;
    }

    private static double[] withShortPause(double[] samples) {
        int end = samples.length;
        while (end > 0 && Math.abs(samples[end - 1]) < SILENCE) {
            end--;
        }
        return Arrays.copyOf(samples, Math.min(samples.length, end + CLAUSE_PAUSE_SAMPLES));
    }
}
