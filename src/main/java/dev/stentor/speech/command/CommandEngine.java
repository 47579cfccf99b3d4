package dev.stentor.speech.command;

import dev.stentor.audio.SpeechTime;
import dev.stentor.program.Program;
import dev.stentor.program.ProgramRun;
import dev.stentor.program.ProgramThreads;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.TextLanguage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * An engine that runs a local program, such as eSpeak NG or Piper: text on its standard input, WAV or PCM on its standard output.
 * There is one process for each request, up to a limit of processes.
 *
 * <p>The output is read only when sound is requested; else the pipe fills, and the program waits. Cancelling kills the program
 * and all processes that it has started. Its standard error is read and dropped, because it may quote the text. Blocks on threads
 * of its own, four for each process; signals come on these, and on the timer. Thread-safe. See ADR 16.
 */
public final class CommandEngine implements SpeechEngine, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandEngine.class);

    /** Text of the trial: digits, which every voice can read. */
    private static final String TRIAL = "1, 2, 3.";

    /** Most bytes of the trial, for a program that never ends: five seconds. */
    private static final int TRIAL_BYTES = 5 * SpeechTime.BYTES_PER_SECOND;

    private static final int SHOWN_CHARACTERS = 64;

    private final CommandSettings settings;
    private final Program program;
    private final Set<String> standIns;
    private final Scheduler timer;
    private final Supplier<String> requestIds;
    private final ProcessLimiter limiter;
    private final Executor threads;
    private final Set<ProgramRun> running = ConcurrentHashMap.newKeySet();

    /**
     * Looks the program up, and starts nothing.
     *
     * @param standIns further voices that may be requested; the program speaks with its default voice for them
     * @param timer measures time-outs; not disposed with the engine
     * @param requestIds gives each request its id; called from any thread
     * @throws IllegalArgumentException if there is no such program
     */
    public CommandEngine(CommandSettings settings, Set<String> standIns, Scheduler timer, Supplier<String> requestIds) {
        this.settings = settings;
        this.program = new Program(settings.arguments().getFirst(), settings.environment(), System.getenv());
        this.standIns = Set.copyOf(standIns);
        this.timer = timer;
        this.requestIds = requestIds;
        this.limiter = new ProcessLimiter(settings.processes(), settings.waiting());
        this.threads = ProgramThreads.of("command", settings.processes());
    }

    /** Lets the program speak a few digits as a trial, and logs the result. */
    public void tryOut() {
        ProgramRun run = run(any(settings.voices()), any(settings.languages()));
        Speech trial = speech(TRIAL, run);
        var heard = new AtomicInteger();
        var _ = trial.audio()
                .takeUntil(sound -> heard.addAndGet(sound.remaining()) >= TRIAL_BYTES)
                .subscribe(
                        _ -> {},
                        failure -> LOG.atWarn()
                                .addKeyValue("said", run.errors())
                                .log("Trying out the program that speaks failed: {}", failure.getMessage()),
                        () -> LOG.info("The program \"{}\" is ready to speak.", settings.program()));
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Optional<InvalidInput> objection = objection(request);
        if (objection.isPresent()) {
            return Speech.failed(objection.get());
        }
        return speech(plain(request.text()), run(voice(request.voice()), language(request)));
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        if (request.text().isBlank()) {
            return SpeechEngine.super.objection(request);
        }
        if (request.text().codePoints().noneMatch(Character::isLetterOrDigit)) {
            return Optional.of(
                    new InvalidInput("text", "The text has no letters or digits: there is nothing to speak."));
        }
        String name = request.voice();
        if (name != null && !settings.voices().containsKey(name) && !standIns.contains(name)) {
            return Optional.of(new InvalidInput(
                    "voice", "There is no voice \"" + shown(name) + "\". GET /v1/voices lists the voices."));
        }
        if (isUsed(CommandSettings.VOICE) && voice(name) == null) {
            return Optional.of(new InvalidInput("voice", "The program has no default voice: name one."));
        }
        return isUsed(CommandSettings.LANGUAGE) && language(request) == null
                ? Optional.of(unspoken(request))
                : Optional.empty();
    }

    /** Kills all processes, and refuses all new requests. */
    @Override
    public void close() {
        limiter.close();
        running.forEach(ProgramRun::kill);
    }

    private ProgramRun run(@Nullable String voice, @Nullable String language) {
        return new ProgramRun(
                () -> program.start(settings.filled(voice, language)), settings.longest(), threads, timer);
    }

    private Speech speech(String text, ProgramRun run) {
        var speech = new CommandSpeech(settings, requestIds.get(), text, run, limiter, running, threads, timer);
        return Speech.once(() -> speech);
    }

    private InvalidInput unspoken(SpeechRequest request) {
        String named = named(request);
        if (named != null) {
            return new InvalidInput(
                    "language_type", "The program that speaks has no voice for \"" + shown(named) + "\".");
        }
        String found = TextLanguage.foreign(request.text()).orElse("English");
        return new InvalidInput("text", "The program that speaks has no voice for " + found + ".");
    }

    private @Nullable String voice(@Nullable String name) {
        String standard = settings.voices().get(CommandSettings.DEFAULT);
        return name == null ? standard : settings.voices().getOrDefault(name, standard);
    }

    /** Returns the language by its name, else by the letters of the text, else the default; null if there is none. */
    private @Nullable String language(SpeechRequest request) {
        Map<String, String> languages = settings.languages();
        String named = named(request);
        if (named != null) {
            return languages.get(named);
        }
        Optional<String> foreign = TextLanguage.foreign(request.text());
        if (foreign.isPresent()) {
            return languages.get(foreign.get());
        }
        String standard = languages.get(CommandSettings.DEFAULT);
        return standard == null ? languages.get("English") : standard;
    }

    /** Returns the default, else the first value; null if there is none. */
    private static @Nullable String any(Map<String, String> values) {
        String standard = values.get(CommandSettings.DEFAULT);
        return standard == null ? values.values().stream().findFirst().orElse(null) : standard;
    }

    private static @Nullable String named(SpeechRequest request) {
        String named = request.languageType();
        return named == null || named.isBlank() || named.equalsIgnoreCase("Auto") ? null : named;
    }

    private boolean isUsed(String placeholder) {
        return settings.arguments().stream().anyMatch(argument -> argument.contains(placeholder));
    }

    /** Removes control characters, which programs may take for commands. */
    private static String plain(String text) {
        return text.codePoints()
                .map(codePoint -> Character.isISOControl(codePoint) && codePoint != '\n' ? ' ' : codePoint)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String shown(String name) {
        return name.length() <= SHOWN_CHARACTERS ? name : name.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
