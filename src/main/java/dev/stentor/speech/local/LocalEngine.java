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
 * The embedded engine: speaks English with no key and no network, as a stand-in for the cloud voices. Takes every model and voice
 * name of the Qwen catalogue, and gives each voice a persona of its one female voice. The same request gives the same samples.
 *
 * <p>Works on threads of its own, sentence by sentence, at most two sentences ahead of demand; cancelling takes effect after the
 * sentence at hand. Signals come on its threads, or on the thread that requests. Thread-safe.
 */
public final class LocalEngine implements SpeechEngine, AutoCloseable {

    /** The name of its own model; those of the Qwen catalogue are taken as well. */
    static final String MODEL = "marytts-cmu-slt-hsmm";

    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);

    /** Short sentences, since one cannot be cancelled: commas cut from 120 Latin letters on, blanks from 200. */
    private static final SegmentLimits LIMITS = new SegmentLimits(2, 8, 24, 48, 80, 300);

    private static final String WARM_UP = "The herald is awake, and ready to speak to everyone.";
    private static final int SHOWN_CHARACTERS = 64;

    private final SentenceVoice voice;
    private final Workers workers;
    private final Supplier<String> requestIds;
    private final Segmenter segmenter = new Segmenter(LIMITS);
    private final Personas personas = new Personas();
    private final Sinks.Empty<Void> ready = Sinks.empty();
    private final Disposable warmingUp;

    private LocalEngine(SentenceVoice voice, Workers workers, Supplier<String> requestIds) {
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
     * @param workers threads that synthesise; the number of cores. One makes about ten seconds of sound a second
     * @param waiting sentences that may stand in line when another request comes; past that it is told to try again later
     * @param requestIds gives each request its id; called from any thread
     */
    public static LocalEngine start(int workers, int waiting, Supplier<String> requestIds) {
        return start(new MaryVoice(), new Workers(workers, waiting), requestIds);
    }

    static LocalEngine start(SentenceVoice voice, Workers workers, Supplier<String> requestIds) {
        return new LocalEngine(voice, workers, requestIds);
    }

    /**
     * Completes once the voice has said its first sentence to itself, which takes seconds; fails with {@link SpeechException} if
     * it cannot be started. Requests need not wait for it: they do so themselves. May be subscribed to any number of times.
     */
    public Mono<Void> ready() {
        return ready.asMono();
    }

    /** Its model under its own name; those of the Qwen catalogue can be asked for as well. */
    public List<Model> models() {
        return List.of(new Model(MODEL, Model.Family.EMBEDDED, null, Set.of()));
    }

    /** The voices under its own names, the plain one first. Those of the Qwen catalogue can be asked for as well. */
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
     * Speaks one request; see {@link SpeechEngine}. Language, instructions and the choice of model change nothing. Fails with
     * {@link SpeechFailure.InvalidInput} for letters of another script and for unknown voices and models, with
     * {@link SpeechFailure.Throttled} when too much stands in line, and with {@link SpeechFailure.EngineFault} otherwise.
     */
    @Override
    public Speech speak(SpeechRequest request) {
        Optional<InvalidInput> objection = objection(request);
        if (objection.isPresent()) {
            return Speech.failed(objection.get());
        }
        Persona persona = personas.of(request.voice()).orElseThrow();
        var speech = new LocalSpeech(requestIds.get(), request.text(), persona, voice, workers, segmenter, ready());
        return Speech.once(() -> speech);
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return Speakable.refusal(request.text())
                .or(() -> unknownModel(request.model()))
                .or(() -> unknownVoice(request.voice()));
    }

    /** Lets the sentences at hand end and fails all else. Does not wait. */
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
        return Optional.of(new InvalidInput(
                "model", "There is no model \"" + shown(model) + "\". GET /v1/models lists the models."));
    }

    private Optional<InvalidInput> unknownVoice(@Nullable String name) {
        return personas.of(name).isPresent()
                ? Optional.empty()
                : Optional.of(new InvalidInput(
                        "voice", "There is no voice \"" + shown(name) + "\". GET /v1/voices lists the voices."));
    }

    private static String shown(@Nullable String name) {
        String text = String.valueOf(name);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
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
