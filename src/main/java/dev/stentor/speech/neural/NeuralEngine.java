package dev.stentor.speech.neural;

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
import dev.stentor.speech.sentences.SentenceSpeech;
import dev.stentor.speech.sentences.UnknownName;
import dev.stentor.speech.sentences.Workers;
import dev.stentor.text.SegmentLimits;
import dev.stentor.text.Segmenter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The natural voice: English and Mandarin, without a key or a network. It accepts every model and voice name of the Qwen catalogue, and has
 * voices of its own. The same request gives the same samples.
 *
 * <p>It works on its own threads, sentence by sentence, at most two sentences ahead of demand, and tells at which sample each sentence
 * begins. Cancelling takes effect after the current sentence. So many texts are spoken at once as the machine carries. Signals come on its
 * threads, or on the thread that requests. Thread-safe.
 */
public final class NeuralEngine implements SpeechEngine, AutoCloseable {

    /** The name of its own model. */
    static final String MODEL = "kokoro-82m-v1.0";

    /** That of a voice of Piper. */
    static final String PIPER_MODEL = "piper";

    private static final Logger LOG = LoggerFactory.getLogger(NeuralEngine.class);

    /** Limits of segments of about 150 characters, the first of which is short, since a segment is heard when all of it is made. */
    private static final SegmentLimits LIMITS = new SegmentLimits(2, 8, 40, 48, 64, 300);

    /** Most times as large as all before it that a segment should be: two texts at once are made in half the time in which they are heard. */
    private static final double RISING = 2;

    /** Time after which a machine that was too slow is measured again, and how often: something else may have been busy. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final int MEASURED_AGAIN = 15;

    private static final double SLOWEST = 0.5;
    private static final double FASTEST = 2;

    private final NeuralSettings settings;
    private final Workers workers;
    private final Machine machine;
    private final Duration soon;
    private final Supplier<String> requestIds;
    private final Segmenter segmenter = new Segmenter(LIMITS).rising(RISING);
    private final AtomicReference<@Nullable Rehearsed> rehearsed = new AtomicReference<>();
    private final AtomicReference<@Nullable Admission> admission = new AtomicReference<>();
    private final AtomicReference<NaturalState> state = new AtomicReference<>(new NaturalState.Starting());
    private final Sinks.Empty<Void> decided = Sinks.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Disposable loading;

    private NeuralEngine(
            NeuralSettings settings,
            Workers workers,
            Machine machine,
            Mono<Void> after,
            Callable<Rehearsed> load,
            Duration soon,
            Supplier<String> requestIds) {
        this.settings = settings;
        this.workers = workers;
        this.machine = machine;
        this.soon = soon;
        this.requestIds = requestIds;
        if (settings.isThere()) {
            this.loading = after.onErrorComplete()
                    .then(workers.run(Workers.JobKind.FIRST, load))
                    .flatMap(all -> fastEnough(all, MEASURED_AGAIN))
                    .subscribe(this::loaded, this::failed);
        } else {
            this.loading = () -> {};
            var _ = decide(new NaturalState.Absent("There is no folder " + settings.folder() + "."));
        }
    }

    /**
     * Starts the threads, and loads and measures the voice in the background. If its folder is not there, nothing is started.
     *
     * @param after completes or fails when the embedded voice has been loaded: both need the same library, and a quiet machine
     * @param requestIds gives each request its id; called from any thread
     */
    public static NeuralEngine start(NeuralSettings settings, Mono<Void> after, Supplier<String> requestIds) {
        Machine machine = Machine.present();
        Rehearsed.Reading reading = settings.piper() == null ? FrontEnds::load : FrontEnds::loadEnglish;
        return start(settings, machine, after, () -> Rehearsed.load(settings, machine, reading), SOON, requestIds);
    }

    static NeuralEngine start(
            NeuralSettings settings,
            Machine machine,
            Mono<Void> after,
            Callable<Rehearsed> load,
            Duration soon,
            Supplier<String> requestIds) {
        var workers =
                new Workers("natural voice", "natural-voice", machine.workers(), machine.cores() * settings.waiting());
        return new NeuralEngine(settings, workers, machine, after, load, soon, requestIds);
    }

    /** Completes when it is known whether the voice speaks now; never fails. May be subscribed to any number of times. */
    public Mono<Void> decided() {
        return decided.asMono();
    }

    /** Returns whether it speaks, and if not, why. */
    public NaturalState state() {
        return state.get();
    }

    /** Tells whether it gives a text that comes now to another voice. */
    boolean gives() {
        Admission places = admission.get();
        return settings.whenBusy() == NeuralSettings.WhenBusy.EMBEDDED && places != null && places.isFull();
    }

    /** Returns its model. */
    public Model model() {
        return new Model(modelName(), Model.Family.EMBEDDED, null, Set.of());
    }

    /** Returns its own voices, the default first; none before it speaks. The voices of the Qwen catalogue can be requested as well. */
    public List<Voice> voices() {
        return present()
                .map(all -> all.voices().own().stream()
                        .map(voice -> new Voice(
                                voice.name(),
                                null,
                                voice.sex(),
                                voice.note(),
                                List.of(modelName()),
                                Voice.Kind.EMBEDDED,
                                List.of(voice.accent().language()),
                                null))
                        .toList())
                .orElse(List.of());
    }

    /** Returns the languages that it speaks; none before it speaks. */
    public List<Language> languages() {
        return present()
                .map(all -> Stream.of(Language.ENGLISH, Language.CHINESE)
                        .filter(all.voices()::speak)
                        .toList())
                .orElse(List.of());
    }

    /** Tells whether it speaks a request at its speed by itself. */
    public boolean changesSpeed(SpeechRequest request) {
        return request.speed() >= SLOWEST
                && request.speed() <= FASTEST
                && objection(request).isEmpty();
    }

    /**
     * Speaks one request; see {@link SpeechEngine}. Instructions have no effect. Fails with {@link SpeechFailure.InvalidInput} for other
     * languages and for unknown voices and models, with {@link SpeechFailure.Throttled} if too many texts wait, and with
     * {@link SpeechFailure.EngineFault} otherwise.
     */
    @Override
    public Speech speak(SpeechRequest request) {
        Optional<InvalidInput> objection = objection(request);
        Rehearsed all = rehearsed.get();
        Admission places = admission.get();
        if (objection.isPresent() || all == null || places == null) {
            return Speech.failed(objection
                    .<SpeechFailure>map(wrong -> wrong)
                    .orElseGet(() -> new SpeechFailure.EngineFault("The natural voice does not speak.")));
        }
        Cast cast = all.voices().of(request.voice()).orElseThrow();
        var speech = new SentenceSpeech(
                requestIds.get(),
                request.text(),
                all.narrator().voice(cast, asked(request), request.speed()),
                workers,
                segmenter,
                places.enter(),
                new SteadyStart(() -> all.figures().pace(places.taken(), machine.cores()), request.speed()));
        return Speech.once(() -> speech).withMarks(speech.marks());
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        NeuralVoices voices = present().map(Rehearsed::voices).orElseGet(NeuralVoices::new);
        return SentenceSpeech.nothingToSay(request.text())
                .or(() -> unknownModel(request.model()))
                .or(() -> voices.of(request.voice()).isPresent()
                        ? Optional.empty()
                        : Optional.of(UnknownName.voice(request.voice())))
                .or(() -> SpokenLanguages.refusal(request, voices.speak(Language.CHINESE) ? null : noChinese()));
    }

    /** Lets current sentences end and fails everything else. Does not wait. The memory of the graph goes with the process. */
    @Override
    public void close() {
        loading.dispose();
        var _ = decide(new NaturalState.Absent("The natural voice has been shut down."));
        closed.set(true);
        workers.close();
    }

    private String noChinese() {
        return settings.piper() == null
                ? "the natural voice lacks what it needs to read them: a Mandarin voice, and the jar of HanLP in the folder lib "
                        + "beside its files."
                : "this voice of Piper speaks English only.";
    }

    private Optional<Rehearsed> present() {
        return Optional.ofNullable(rehearsed.get());
    }

    private static @Nullable Language asked(SpeechRequest request) {
        String type = request.languageType();
        return type == null ? null : Language.of(type).orElse(null);
    }

    private String modelName() {
        return settings.piper() == null ? MODEL : PIPER_MODEL;
    }

    private Optional<InvalidInput> unknownModel(@Nullable String model) {
        boolean known = model == null
                || model.equals(modelName())
                || QwenCatalogue.standard().model(model).isPresent();
        return known ? Optional.empty() : Optional.of(UnknownName.model(model));
    }

    private void loaded(Rehearsed all) {
        int streams = settings.streams() == 0 ? all.figures().streams(machine.cores()) : settings.streams();
        int waiting = settings.whenBusy() == NeuralSettings.WhenBusy.REFUSE ? 0 : settings.waiting();
        admission.set(new Admission(streams, waiting));
        rehearsed.set(all);
        if (decide(new NaturalState.Speaking(streams, all.figures()))) {
            LOG.info("The natural voice is ready: {}. Most texts at once: {}.", all.figures(), streams);
        }
    }

    /** Waits for a machine that is too slow only now, and fails if it stays so. Meanwhile the other voice speaks. */
    private Mono<Rehearsed> fastEnough(Rehearsed all, int again) {
        if (settings.forced() || !all.figures().isTooSlow()) {
            return Mono.just(all);
        }
        String reason = "This machine is too slow: the voice takes " + all.figures() + ".";
        if (again == 0) {
            return workers.run(Workers.JobKind.LATER, () -> {
                all.narrator().close();
                throw new UnusableVoice(reason + " gateway.natural.use=always uses it nevertheless.");
            });
        }
        if (again == MEASURED_AGAIN) {
            absent(reason
                    + " It is measured again for a while, since it may be busy. gateway.natural.use=always uses it "
                    + "nevertheless.");
        }
        return Mono.delay(soon)
                .then(workers.run(Workers.JobKind.LATER, () -> all.again(machine)))
                .flatMap(now -> fastEnough(now, again - 1));
    }

    private void failed(Throwable cause) {
        LOG.debug("The natural voice could not be started.", cause);
        absent(cause instanceof SpeechException refused ? refused.failure().message() : UnusableVoice.reason(cause));
    }

    private void absent(String reason) {
        if (decide(new NaturalState.Absent(reason))) {
            LOG.warn("The embedded voice speaks, and not the natural one. {}", reason);
        }
    }

    /** Changes the state, unless this is closed. Returns whether it did. */
    private boolean decide(NaturalState now) {
        if (closed.get()) {
            return false;
        }
        state.set(now);
        var _ = decided.tryEmitEmpty();
        return true;
    }
}
