package dev.stentor.speech.neural;

import dev.stentor.speech.Language;
import dev.stentor.speech.TableResource;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.QwenCatalogue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The voices by name: the model's own ones, and those that stand in for Qwen voices. Read from two tables. Immutable. */
final class NeuralVoices {

    /** Who speaks for a voice of another name. */
    private record StandIn(String english, String mandarin) {}

    private final Map<String, NeuralVoice> own;
    private final Map<String, StandIn> standIns = new LinkedHashMap<>();

    /** Reads the tables. */
    NeuralVoices() {
        this(new LinkedHashMap<>());
        for (List<String> row : TableResource.read(NeuralVoices.class, "voices.tsv", 5)) {
            own.put(
                    row.get(0),
                    new NeuralVoice(
                            row.get(0),
                            Voice.Sex.valueOf(row.get(1)),
                            NeuralVoice.Accent.of(row.get(2)),
                            row.get(3),
                            row.get(4)));
        }
    }

    private NeuralVoices(Map<String, NeuralVoice> own) {
        this.own = own;
        for (List<String> row : TableResource.read(NeuralVoices.class, "stand-ins.tsv", 3)) {
            standIns.put(row.get(0), new StandIn(row.get(1), row.get(2)));
        }
    }

    /** Returns one voice, which stands in for all names of others. */
    static NeuralVoices only(NeuralVoice voice) {
        var one = new LinkedHashMap<String, NeuralVoice>();
        one.put(voice.name(), voice);
        return new NeuralVoices(one);
    }

    /** Returns the same without the voices that are not there. For names of others, one like it stands in. */
    NeuralVoices only(Predicate<NeuralVoice> there) {
        var left = new LinkedHashMap<String, NeuralVoice>();
        own.values().stream().filter(there).forEach(voice -> left.put(voice.name(), voice));
        return new NeuralVoices(left);
    }

    /** Returns the model's own voices, the default first. */
    Collection<NeuralVoice> own() {
        return List.copyOf(own.values());
    }

    /** Tells whether a language is spoken. */
    boolean speak(Language language) {
        return own.values().stream().anyMatch(voice -> voice.accent().language() == language);
    }

    /** Returns the voices for a name; null means the default. Empty if the name is unknown, or there is no English voice. */
    Optional<Cast> of(@Nullable String name) {
        String asked = name == null ? QwenCatalogue.DEFAULT_VOICE : name;
        NeuralVoice voice = own.get(asked);
        if (voice != null) {
            boolean mandarin = voice.accent() == NeuralVoice.Accent.MANDARIN;
            return mandarin ? cast(voice.other(), asked) : cast(asked, voice.other());
        }
        StandIn standIn = standIns.get(asked);
        return standIn == null ? Optional.empty() : cast(standIn.english(), standIn.mandarin());
    }

    private Optional<Cast> cast(String english, String mandarin) {
        Optional<NeuralVoice> first = likeOne(english, Language.ENGLISH);
        // Without a Mandarin voice no Chinese text gets this far.
        return first.map(
                voice -> new Cast(voice, likeOne(mandarin, Language.CHINESE).orElse(voice)));
    }

    /** Returns the voice of a name; if it is not there, another one of its sex, or else any of its language. */
    private Optional<NeuralVoice> likeOne(String name, Language language) {
        NeuralVoice exact = own.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        char sex = name.charAt(1);
        List<NeuralVoice> speakers = own.values().stream()
                .filter(voice -> voice.accent().language() == language)
                .toList();
        return speakers.stream()
                .filter(voice -> voice.name().charAt(1) == sex)
                .findFirst()
                .or(() -> speakers.stream().findFirst());
    }
}
