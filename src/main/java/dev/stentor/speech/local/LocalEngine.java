package dev.stentor.speech.local;

import dev.stentor.speech.Language;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.sentences.SentenceSound;
import dev.stentor.speech.sentences.SentenceSpeech;
import dev.stentor.speech.sentences.StartDelay;
import dev.stentor.speech.sentences.UnknownName;
import dev.stentor.speech.sentences.Workers;
import dev.stentor.text.SegmentLimits;
import dev.stentor.text.Segmenter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The embedded engine, which speaks English without a key or a network, in place of the cloud voices. It accepts every model and
 * voice name of the Qwen catalogue. Each voice is a persona of its one female voice. The same request gives the same samples.
 *
 * <p>It works on its own threads, sentence by sentence, at most two sentences ahead of demand, and tells at which sample each sentence
 * begins. Cancelling takes effect after the current sentence. Signals come on its threads, or on the thread that requests. Thread-safe.
 */
public final class LocalEngine implements SpeechEngine, AutoCloseable {

    /** The name of its own model; the models of the Qwen catalogue are accepted as well. */
    static final String MODEL = "marytts-cmu-slt-hsmm";

    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);

    /** Limits of short segments, since a sentence cannot be cancelled: commas cut from 120 Latin letters on, blanks from 200. */
    private static final SegmentLimits LIMITS = new SegmentLimits(2, 8, 24, 48, 80, 300);

    private static final String WARM_UP = "The herald is awake, and ready to speak to everyone.";

    private final PersonaVoice voice;
    private final Workers workers;
    private final Supplier<String> requestIds;
    private final Segmenter segmenter = new Segmenter(LIMITS);
    private final Personas personas = new Personas();
    private final Sinks.Empty<Void> ready = Sinks.empty();
    private final Disposable warmingUp;

    private LocalEngine(PersonaVoice voice, Workers workers, Supplier<String> requestIds) {
        this.voice = voice;
        this.workers = workers;
        this.requestIds = requestIds;
        Persona plain = personas.own().getFirst();
        this.warmingUp = workers.run(Workers.JobKind.FIRST, () -> voice.speak(WARM_UP, plain))
                .subscribe(this::started, this::failedToStart);
    }

    /**
     * Starts the threads and warms the voice up in the background.
     *
     * @param workers number of threads that synthesise, normally that of cores; one makes about ten seconds of sound a second
     * @param waiting most sentences in the queue when another request comes; beyond that the request is refused for now
     * @param requestIds gives each request its id; called from any thread
     */
    public static LocalEngine start(int workers, int waiting, Supplier<String> requestIds) {
        return start(new MaryVoice(), workers(workers, waiting), requestIds);
    }

    static Workers workers(int threads, int waiting) {
        return new Workers("embedded voice", "local-voice", threads, waiting);
    }

    static LocalEngine start(PersonaVoice voice, Workers workers, Supplier<String> requestIds) {
        return new LocalEngine(voice, workers, requestIds);
    }

    /**
     * Completes when the voice has made a first sentence for nobody, which takes seconds. Fails with {@link SpeechException} if it
     * cannot be started. Callers need not wait for it, since each request does. May be subscribed to any number of times.
     */
    public Mono<Void> ready() {
        return ready.asMono();
    }

    /** Returns the engine's own model; the models of the Qwen catalogue can be requested as well. */
    public List<Model> models() {
        return List.of(new Model(MODEL, Model.Family.EMBEDDED, null, Set.of()));
    }

    /** Returns the engine's own voices, the plain one first. The voices of the Qwen catalogue can be requested as well. */
    public List<Voice> voices() {
        return personas.own().stream()
                .map(persona -> new Voice(
                        persona.name(),
                        null,
                        persona.sex(),
                        persona.note(),
                        List.of(MODEL),
                        Voice.Kind.EMBEDDED,
                        List.of(Language.ENGLISH),
                        null))
                .toList();
    }

    /**
     * Speaks one request; see {@link SpeechEngine}. Language, instructions and model have no effect. Fails with
     * {@link SpeechFailure.InvalidInput} for letters of another script and for unknown voices and models, with
     * {@link SpeechFailure.Throttled} if the queue is full, and with {@link SpeechFailure.EngineFault} otherwise.
     */
    @Override
    public Speech speak(SpeechRequest request) {
        Optional<InvalidInput> objection = objection(request);
        if (objection.isPresent()) {
            return Speech.failed(objection.get());
        }
        Persona persona = personas.of(request.voice()).orElseThrow();
        var speech = new SentenceSpeech(
                requestIds.get(),
                request.text(),
                (sentence, _) -> new SentenceSound(said(sentence, persona)),
                workers,
                segmenter,
                ready().thenReturn(() -> {}),
                StartDelay.NONE);
        return Speech.once(() -> speech).withMarks(speech.marks());
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return Speakable.refusal(request.text())
                .or(() -> unknownModel(request.model()))
                .or(() -> unknownVoice(request.voice()));
    }

    /** Lets current sentences end and fails everything else. Does not wait. */
    @Override
    public void close() {
        warmingUp.dispose();
        ready.tryEmitError(
                new SpeechException(new SpeechFailure.EngineFault("The embedded voice has been shut down.")));
        workers.close();
    }

    private static Optional<InvalidInput> unknownModel(@Nullable String model) {
        if (model == null
                || model.equals(MODEL)
                || QwenCatalogue.standard().model(model).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(UnknownName.model(model));
    }

    private Optional<InvalidInput> unknownVoice(@Nullable String name) {
        return personas.of(name).isPresent() ? Optional.empty() : Optional.of(UnknownName.voice(name));
    }

    private byte[] said(String segment, Persona persona) throws Exception {
        String sentence = Speakable.of(segment);
        return sentence.isEmpty() ? new byte[0] : voice.speak(sentence, persona);
    }

    private void started(byte[] sound) {
        if (sound.length == 0) {
            failedToStart(new IllegalStateException("It made no sound."));
        } else if (ready.tryEmitEmpty() == Sinks.EmitResult.OK) {
            LOG.info("The embedded voice is ready.");
        }
    }

    private void failedToStart(Throwable cause) {
        LOG.error("The embedded voice could not be started.", cause);
        ready.tryEmitError(
                new SpeechException(new SpeechFailure.EngineFault("The embedded voice could not be started."), cause));
    }
}
