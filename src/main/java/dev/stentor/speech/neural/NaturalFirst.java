package dev.stentor.speech.neural;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Two engines as one: the natural voice where it can speak, and another engine for everything else. A request that comes before it is known
 * whether the natural voice speaks waits for that. Thread-safe.
 */
public final class NaturalFirst implements SpeechEngine {

    private static final Set<String> NAMES = Set.of("model", "voice");

    private final NeuralEngine voice;
    private final SpeechEngine natural;
    private final SpeechEngine other;

    /**
     * Joins them.
     *
     * @param voice the natural voice
     * @param natural the same as requests should meet it
     * @param other the engine for what it does not speak, and for the case that it cannot speak at all
     */
    public NaturalFirst(NeuralEngine voice, SpeechEngine natural, SpeechEngine other) {
        this.voice = voice;
        this.natural = natural;
        this.other = other;
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Optional<InvalidInput> objection = objection(request);
        if (objection.isPresent()) {
            return Speech.failed(objection.get());
        }
        if (!(voice.state() instanceof NaturalState.Starting)) {
            return chosen(request).speak(request);
        }
        Mono<Speech> later = voice.decided()
                .then(Mono.fromSupplier(() -> chosen(request).speak(request)))
                .cache();
        Mono<Receipt> receipt = later.flatMap(Speech::receipt);
        return new Speech(later.flatMapMany(Speech::audio), receipt, later.flatMapMany(Speech::marks));
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return takes(request) ? Optional.empty() : other.objection(request).map(wrong -> better(request, wrong));
    }

    private SpeechEngine chosen(SpeechRequest request) {
        boolean gives = voice.gives() && other.objection(request).isEmpty();
        return takes(request) && !gives ? natural : other;
    }

    private boolean takes(SpeechRequest request) {
        return !(voice.state() instanceof NaturalState.Absent)
                && natural.objection(request).isEmpty();
    }

    /** Returns the refusal that helps more: the natural voice's, unless it does not speak, or does not know the other's names. */
    private InvalidInput better(SpeechRequest request, InvalidInput wrong) {
        return voice.state() instanceof NaturalState.Absent
                ? wrong
                : natural.objection(request)
                        .filter(own -> own.field().equals(wrong.field()) || !NAMES.contains(own.field()))
                        .orElse(wrong);
    }
}
