package dev.stentor.speech.neural;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.PcmResampler;
import dev.stentor.audio.Resampler;
import dev.stentor.audio.SpeechTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A voice of Piper, by what the file beside its graph says: its alphabet, its sample rate, and how it likes to speak. Only English ones are
 * known here. Immutable.
 */
final class PiperVoice {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String GRAPH_END = ".onnx";

    /** Symbols that begin and end a text, and the one between all others. */
    private static final int BEGIN = '^';

    private static final int END = '$';
    private static final int BETWEEN = '_';

    private final String name;
    private final NeuralVoice.Accent accent;
    private final int rateHz;
    private final float noise;
    private final float length;
    private final float noiseOfLengths;
    private final Map<Integer, List<Long>> numbers = new HashMap<>();

    private PiperVoice(String name, NeuralVoice.Accent accent, JsonNode described) {
        this.name = name;
        this.accent = accent;
        this.rateHz = described.path("audio").path("sample_rate").asInt(0);
        JsonNode manner = described.path("inference");
        this.noise = (float) manner.path("noise_scale").asDouble(0.667);
        this.length = (float) manner.path("length_scale").asDouble(1);
        this.noiseOfLengths = (float) manner.path("noise_w").asDouble(0.8);
        for (Map.Entry<String, JsonNode> symbol :
                described.path("phoneme_id_map").properties()) {
            var all = new ArrayList<Long>();
            symbol.getValue().forEach(number -> all.add(number.asLong()));
            numbers.put(symbol.getKey().codePointAt(0), List.copyOf(all));
        }
    }

    /**
     * Reads the file beside a graph: its name is that of the graph and {@code .json}.
     *
     * @throws UnusableVoice if there is none, or the voice cannot be used here
     */
    static PiperVoice read(Path graph) throws IOException, UnusableVoice {
        Path file = graph.resolveSibling(graph.getFileName() + ".json");
        if (!Files.exists(graph) || !Files.exists(file)) {
            throw new UnusableVoice("There is no " + (Files.exists(graph) ? file : graph) + ".");
        }
        JsonNode described;
        try (InputStream in = Files.newInputStream(file)) {
            described = JSON.readTree(in);
        } catch (JacksonException e) {
            throw new UnusableVoice(file + " does not describe a voice of Piper.", e);
        }
        String language = described.path("espeak").path("voice").asString("");
        String type = described.path("phoneme_type").asString("espeak");
        if (!language.startsWith("en") || !type.equals("espeak")) {
            throw new UnusableVoice("The voice " + graph + " has the language '" + language + "' and symbols of type '"
                    + type + "'. Only English voices with the symbols of espeak can be used.");
        }
        String name = graph.getFileName().toString();
        var voice = new PiperVoice(
                name.endsWith(GRAPH_END) ? name.substring(0, name.length() - GRAPH_END.length()) : name,
                language.startsWith("en-gb") ? NeuralVoice.Accent.BRITISH : NeuralVoice.Accent.AMERICAN,
                described);
        voice.check(file);
        return voice;
    }

    /** Returns its name: that of its file. */
    String name() {
        return name;
    }

    /** Returns how it pronounces English. */
    NeuralVoice.Accent accent() {
        return accent;
    }

    /** Returns a text as numbers of its alphabet. Symbols that it lacks are left out. */
    long[] numbers(String symbols) {
        var all = LongStream.builder();
        add(all, BEGIN);
        IpaSounds.of(symbols).codePoints().filter(numbers::containsKey).forEach(symbol -> add(all, symbol));
        numbers.getOrDefault(END, List.of()).forEach(all::add);
        return all.build().toArray();
    }

    /** Returns how it speaks at a speed: noise of the sound, length, noise of the lengths. */
    float[] scales(float speed) {
        return new float[] {noise, length / speed, noiseOfLengths};
    }

    /** Returns its samples at 24 kHz. */
    float[] atSpeechRate(float[] samples) {
        var resampler = new PcmResampler(new PcmFormat(rateHz, 1, Short.SIZE), SpeechTime.SAMPLES_PER_SECOND);
        ByteBuffer pcm = ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : samples) {
            pcm.putShort((short) Math.round(Math.clamp(sample, -1f, 1f) * Short.MAX_VALUE));
        }
        ByteBuffer begin = resampler.resample(pcm.flip()).order(ByteOrder.LITTLE_ENDIAN);
        float[] speech = floats(begin, new float[0]);
        return floats(resampler.finish().order(ByteOrder.LITTLE_ENDIAN), speech);
    }

    private static float[] floats(ByteBuffer pcm, float[] before) {
        float[] all = Arrays.copyOf(before, before.length + pcm.remaining() / Short.BYTES);
        for (int n = before.length; n < all.length; n++) {
            all[n] = pcm.getShort() / (float) Short.MAX_VALUE;
        }
        return all;
    }

    private void add(LongStream.Builder all, int symbol) {
        numbers.getOrDefault(symbol, List.of()).forEach(all::add);
        numbers.getOrDefault(BETWEEN, List.of()).forEach(all::add);
    }

    private void check(Path file) throws UnusableVoice {
        if (numbers.isEmpty() || !Resampler.RATES_HZ.contains(rateHz)) {
            throw new UnusableVoice(file + " has no alphabet, or the sample rate of " + rateHz
                    + " Hz, which is not one of " + Resampler.RATES_HZ + ".");
        }
    }
}
