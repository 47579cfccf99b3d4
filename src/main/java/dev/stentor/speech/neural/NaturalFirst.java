package dev.stentor.speech.neural;

import dev.stentor.speech.SpeakerMemory;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * Two engines as one: the natural voice where it can speak, and another engine for everything else. A request that comes before it is known
 * whether the natural voice speaks waits for that. A text that is spoken in several requests stays with the engine that began it.
 * Thread-safe.
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
        if (!(voice.state() instanceof NaturalState.Starting) && !voice.mayGive()) {
            return chosen(request).speak(request);
        }
        Sinks.One<Speech> begun = Sinks.one();
        Flux<ByteBuffer> audio = Flux.deferContextual(context -> voice.decided().thenMany(Flux.defer(() -> {
            Speech speech = speaker(request, context).speak(request);
            var _ = begun.tryEmitValue(speech);
            return speech.audio();
        })));
        Mono<Speech> speech = begun.asMono();
        return new Speech(audio, speech.flatMap(Speech::receipt), speech.flatMapMany(Speech::marks));
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return takes(request) ? Optional.empty() : other.objection(request).map(wrong -> better(request, wrong));
    }

    /** Returns the engine that spoke the text so far, if it can speak this part, too. */
    private SpeechEngine speaker(SpeechRequest request, ContextView context) {
        SpeechEngine speaker = SpeakerMemory.speaker(context, () -> chosen(request));
        return speaker.objection(request).isEmpty() ? speaker : chosen(request);
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
