package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.Source.Start;
import dev.stentor.clock.TickClock;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Input;
import dev.stentor.mix.Levels;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.VoiceLevels;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mixing stage of a channel: its sources, and the mixer that they go through. It is on while there is a source beside the
 * speech, or as long as it is told to be. Confined to the clock's thread, but for {@link #levels}.
 */
final class Stage {

    /** How much more than the lead can be rendered again: for who hears later than the timeline says. */
    static final int MARGIN_FRAMES = 10;

    private static final int FRAME_MILLIS = 20;
    /** So much can be rendered again at least: a bed then goes on through a clear also right after a shorter lead was made longer. */
    private static final int USUAL_LEAD_MILLIS = 1_000;

    private static final int LONGEST_ANNOUNCEMENT_FRAMES = 250;

    private final TickClock clock;
    private final Runnable changed;
    private final Mixer mixer;
    private final MixReport report;
    private final SpeechInput feed = new SpeechInput();
    private final SourceRegistry sources = new SourceRegistry();
    private final SourceLimits limits;
    private final Map<String, TickClock.Timer> waiting = new LinkedHashMap<>();
    private MixSettings settings = MixSettings.DEFAULT;
    private VoiceLevels voices = new VoiceLevels(VoiceLevels.DEFAULT_TARGET_LUFS);
    private volatile boolean on;
    private @Nullable ActiveUtterance announced;
    private int announcementFrames;

    /**
     * Off, without sources.
     *
     * @param changed called when a source begins by itself
     */
    Stage(
            ChannelName channel,
            TickClock clock,
            Duration lead,
            SourceLimits limits,
            ChannelStats stats,
            Runnable changed) {
        this.limits = limits;
        this.clock = clock;
        this.changed = changed;
        this.mixer = new Mixer(historyFrames(lead), channel.value().hashCode());
        this.report = new MixReport(channel, stats, mixer, this::levels);
        mixer.putSpeech(feed);
    }

    /** From now on so much is released ahead, and may be rendered again. */
    void leadBy(Duration lead) {
        mixer.remember(historyFrames(lead));
    }

    /**
     * Puts a source in, with a cross-fade from one of the same name, and changes the ducking. Throws {@link ChannelException}, and changes
     * nothing then, if there are too many sources or too long ones.
     */
    void put(String name, Source source, UnaryOperator<DuckSettings> duck) {
        limits.check(sources, name, source);
        change(settings.with(duck.apply(settings.duck())));
        forgetTimer(name);
        sources.put(name, source);
        switch (source.start()) {
            case Start.After(Duration delay) -> {
                if (delay.isZero()) {
                    begin(name, source);
                } else {
                    waiting.put(name, clock.after(delay, () -> {
                        waiting.remove(name);
                        begin(name, source);
                        changed.run();
                    }));
                }
            }
            case Start.BeforeEachUtterance _ -> {
                var _ = mixer.remove(name);
            }
        }
    }

    /** Changes how a source is mixed in, and the ducking; tells whether there is one of that name. */
    boolean change(String name, UnaryOperator<Source> how, UnaryOperator<DuckSettings> duck) {
        Optional<Source> known = sources.find(name);
        if (known.isEmpty()) {
            return false;
        }
        Source next = how.apply(known.get());
        MixSettings mixed = settings.with(duck.apply(settings.duck()));
        sources.put(name, next);
        var _ = mixer.change(name, next.settings());
        change(mixed);
        return true;
    }

    /** Fades a source out and removes it, or forgets that it failed; tells whether there was one of that name. */
    boolean remove(String name) {
        forgetTimer(name);
        var _ = mixer.remove(name);
        return sources.remove(name);
    }

    MixSettings settings() {
        return settings;
    }

    /** Returns the sources that are there now. */
    Stream<Source> sources() {
        return sources.stream().map(Map.Entry::getValue);
    }

    /** Mixes otherwise from now on. */
    void change(MixSettings newSettings) {
        if (newSettings.equals(settings)) {
            return;
        }
        if (!Objects.equals(newSettings.targetLufs(), settings.targetLufs()) && newSettings.targetLufs() != null) {
            voices = new VoiceLevels(newSettings.targetLufs());
        }
        settings = newSettings;
        mixer.duck(newSettings.duck());
        sources.forEach(this::place);
        trimVoice();
    }

    /** Whether the channel's sound is a mix now. */
    boolean isOn() {
        return on;
    }

    /** Switches on or off, if that is due, and may be: between utterances. */
    void settle(boolean betweenUtterances) {
        sources.removeOver(this::isOver);
        boolean wanted = isWanted();
        if (on != wanted && betweenUtterances) {
            on = wanted;
            report.tell();
            feed.cut();
            mixer.restart();
        }
    }

    /** Whether something sounds beside the speech. */
    boolean soundsBeside() {
        return mixer.isSounding();
    }

    /** Whether a frame has to be rendered although no speech is there. */
    boolean sounds() {
        return feed.isOpen() || mixer.isSounding() || mixer.hasTail();
    }

    /** Whether an utterance may begin: what is to be heard before it was, and what makes way for it has. */
    boolean isReadyFor(ActiveUtterance utterance) {
        if (announced != utterance) {
            announced = utterance;
            announcementFrames = 0;
            sources.forEach((name, source) -> {
                if (source.start() instanceof Start.BeforeEachUtterance) {
                    begin(name, source);
                }
            });
        }
        boolean sounding = announcementFrames < LONGEST_ANNOUNCEMENT_FRAMES
                && sources.stream()
                        .anyMatch(source -> source.getValue().start() instanceof Start.BeforeEachUtterance
                                && mixer.has(source.getKey()));
        return !sounding && mixer.isClear();
    }

    /** A voice begins to speak. */
    void begin(SpeechRequest request) {
        voices.begin(request.model() + "/" + request.voice());
        trimVoice();
    }

    /** Takes the next frame of speech. */
    void speak(FrameCutter.Frame frame, boolean resumes) {
        float[] samples = feed.offer(frame.audio(), frame.last(), resumes);
        if (settings.targetLufs() != null) {
            voices.measure(samples, frame.samples());
            trimVoice();
        }
    }

    /**
     * The next frame.
     *
     * @param speech whether speech sounds, or is on its way
     */
    ByteBuffer render(boolean speech) {
        announcementFrames++;
        ByteBuffer frame = ByteBuffer.allocate(SpeechTime.FRAME_SAMPLES * Short.BYTES);
        mixer.mix(speech, frame);
        report.rendered();
        return frame.flip().asReadOnlyBuffer();
    }

    /** Goes back so far, or as far as it can, to be rendered again without the speech; says how many frames. */
    int rewind(int frames) {
        feed.cut();
        return mixer.rewind(frames);
    }

    /** What was rendered is not to be heard, and nothing else sounds: silence comes before the next frame. */
    void cut() {
        feed.cut();
        mixer.restart();
        report.fellSilent();
    }

    /** No frame follows for now. */
    void fallSilent() {
        if (!report.isSilent()) {
            mixer.fallSilent();
            report.fellSilent();
        }
    }

    /** As it stands. */
    MixStatus status() {
        List<Mixer.SourceState> states = mixer.sources();
        return new MixStatus(
                on,
                on != isWanted(),
                settings,
                settings.targetLufs() == null ? 0 : voices.gainDb(),
                mixer.levels(),
                levels(Mixer.SPEECH),
                sources.stream()
                        .map(source -> statusOf(source.getKey(), source.getValue(), states))
                        .toList(),
                sources.failed());
    }

    /** How loud each source is just now; nothing while it is off. From any thread. */
    List<Mixer.SourceState> levels() {
        return on ? mixer.sources() : List.of();
    }

    private static int historyFrames(Duration lead) {
        long longest = Math.max(lead.toMillis(), USUAL_LEAD_MILLIS);
        return (int) (longest / FRAME_MILLIS) + 2 + MARGIN_FRAMES;
    }

    private Levels levels(String name) {
        return mixer.sources().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .map(Mixer.SourceState::levels)
                .orElse(Levels.SILENT);
    }

    /** Takes all sources out. */
    void close() {
        waiting.values().forEach(TickClock.Timer::cancel);
        waiting.clear();
        sources.clear();
        on = false;
        report.tell();
        mixer.close();
    }

    private void begin(String name, Source source) {
        mixer.put(name, source.input().get(), source.settings());
        place(name, source);
    }

    private void place(String name, Source source) {
        Double target = settings.targetLufs();
        Double loudness = source.loudnessLufs();
        if (target != null && loudness != null && !loudness.isInfinite()) {
            mixer.trim(name, Math.clamp(target - MixSettings.BED_BELOW_DB - loudness, -24, 24));
        } else {
            mixer.trim(name, 0);
        }
    }

    private void trimVoice() {
        mixer.trim(Mixer.SPEECH, settings.targetLufs() == null ? 0 : voices.gainDb());
    }

    private boolean isWanted() {
        return settings.always() || !sources.isEmpty() || (on && sounds());
    }

    private boolean isOver(String name, Source source) {
        return source.start() instanceof Start.After && !waiting.containsKey(name) && !mixer.has(name);
    }

    private void forgetTimer(String name) {
        TickClock.Timer timer = waiting.remove(name);
        if (timer != null) {
            timer.cancel();
        }
    }

    private MixStatus.SourceStatus statusOf(String name, Source source, List<Mixer.SourceState> states) {
        return states.stream()
                .filter(state -> on && state.name().equals(name) && (state.leaving() || mixer.has(name)))
                .reduce((older, newer) -> newer)
                .map(state -> new MixStatus.SourceStatus(
                        name,
                        source.origin(),
                        source.settings(),
                        state.leaving()
                                ? MixStatus.State.LEAVING
                                : state.counters().buffering() ? MixStatus.State.BUFFERING : MixStatus.State.PLAYING,
                        state.levels(),
                        state.counters(),
                        state.faultySamples()))
                .orElseGet(() -> new MixStatus.SourceStatus(
                        name,
                        source.origin(),
                        source.settings(),
                        MixStatus.State.WAITING,
                        Levels.SILENT,
                        Input.Counters.NONE,
                        0));
    }
}
