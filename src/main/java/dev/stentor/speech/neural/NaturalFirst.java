package dev.stentor.speech.neural;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SpeakerMemory;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpeechSource;
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
        var begun = new Begun(request);
        return Speech.once(() -> begun).withMarks(begun.chosen.asMono().flatMapMany(Speech::marks));
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

    /** The speech of the engine that is chosen when the sound is wanted. Signals come from any thread; its state is atomic. */
    private final class Begun implements SpeechSource {

        private final SpeechRequest request;
        private final Sinks.One<Speech> chosen = Sinks.one();

        private Begun(SpeechRequest request) {
            this.request = request;
        }

        @Override
        public Flux<ByteBuffer> audio() {
            return Flux.deferContextual(context -> voice.decided().thenMany(Flux.defer(() -> {
                        Speech speech = speaker(request, context).speak(request);
                        var _ = chosen.tryEmitValue(speech);
                        return speech.audio();
                    })))
                    .doFinally(_ -> chosen.tryEmitEmpty()); // if it was cancelled before
        }

        @Override
        public Mono<Receipt> receipt(Receipt.Ending ending) {
            var nothing = new Receipt("", 0, 0, ending, null);
            var _ = chosen.tryEmitEmpty();
            return chosen.asMono().flatMap(Speech::receipt).defaultIfEmpty(nothing);
        }
    }
}
