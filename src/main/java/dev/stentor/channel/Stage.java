package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.Source.Start;
import dev.stentor.clock.TickClock;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Mixer;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mixing stage of a channel: its sources, and the mixer that they go through. It is on while there is a source beside the speech, or
 * always, if the settings say so. Confined to the clock's thread, except {@link #monitor}.
 */
final class Stage {

    /** Frames beyond the lead that can be rendered again, for listeners who hear later than the timeline says. */
    static final int MARGIN_FRAMES = 10;

    /** Least lead that can be rendered again: a bed then goes on through a clear also right after a shorter lead was made longer. */
    private static final int USUAL_LEAD_MILLIS = 1_000;

    /** Longest time for which an utterance waits for the sources before it, in frames: 5 s. */
    private static final int LONGEST_ANNOUNCEMENT_FRAMES = 250;

    private final TickClock clock;
    private final Runnable changed;
    private final Mixer mixer;
    private final MixMonitor monitor;
    private final MixReport report;
    private final SpeechInput speech = new SpeechInput();
    private final SourceRegistry sources = new SourceRegistry();
    private final SourceLimits limits;
    private final KeptMix kept;
    private final Map<String, TickClock.Timer> waiting = new LinkedHashMap<>();
    private MixSettings settings = MixSettings.DEFAULT;
    private final VoiceTrim voices;
    private boolean on;
    private @Nullable ActiveUtterance announced;
    private int announcementFrames;

    /**
     * Creates a stage that is off and has no sources.
     *
     * @param keeper keeps the settings and the sources
     * @param changed called when a source begins after its delay
     */
    Stage(
            ChannelName channel,
            TickClock clock,
            Duration lead,
            SourceLimits limits,
            ChannelStats stats,
            ChannelKeeper keeper,
            Runnable changed) {
        this.limits = limits;
        this.clock = clock;
        this.changed = changed;
        this.mixer = new Mixer(historyFrames(lead), channel.value().hashCode());
        this.kept = new KeptMix(keeper, mixer);
        this.voices = new VoiceTrim(mixer);
        this.monitor = new MixMonitor(mixer);
        this.report = new MixReport(channel, stats, mixer, monitor::sources);
        mixer.putSpeech(speech);
    }

    /** Keeps how it mixes for another process, if that has changed; {@code pos} is the position of the next frame. */
    void keep(long pos) {
        kept.keep(settings, sources, on, pos);
    }

    /** Returns the sources; a caller may only note that one is lost. */
    SourceRegistry registry() {
        return sources;
    }

    /** Returns the mix as it is kept for another process. */
    KeptMix kept() {
        return kept;
    }

    /** Sets the lead: so much may have to be rendered again from now on. */
    void leadBy(Duration lead) {
        mixer.remember(historyFrames(lead));
    }

    /**
     * Puts a source in, with a cross-fade from one of the same name, and changes the ducking.
     *
     * @throws ChannelException if there are too many sources or too long ones; nothing has changed then
     */
    void put(String name, Source source, UnaryOperator<DuckSettings> duck) {
        limits.check(sources, name, source);
        change(settings.with(duck.apply(settings.duck())));
        forgetTimer(name);
        sources.put(name, source);
        monitor.changed();
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
        monitor.changed();
        var _ = mixer.change(name, next.settings());
        change(mixed);
        return true;
    }

    /** Fades a source out and removes it, or forgets that it failed; tells whether there was one of that name. */
    boolean remove(String name) {
        forgetTimer(name);
        monitor.changed();
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

    /** Changes how the channel mixes from now on. */
    void change(MixSettings newSettings) {
        if (newSettings.equals(settings)) {
            return;
        }
        settings = newSettings;
        monitor.changed();
        mixer.duck(newSettings.duck());
        sources.forEach(this::place);
        voices.aim(newSettings.targetLufs());
    }

    /** Tells whether the channel's sound is a mix now. */
    boolean isOn() {
        return on;
    }

    /** Removes sources that are over, and switches the stage on or off if that is due; only between utterances. */
    void settle(boolean betweenUtterances) {
        if (sources.removeOver(this::isOver)) {
            monitor.changed();
        }
        boolean wanted = isWanted();
        if (on != wanted && betweenUtterances) {
            on = wanted;
            monitor.turn(on);
            report.tell();
            speech.cut();
            mixer.restart();
        }
    }

    /** Tells whether something sounds beside the speech. */
    boolean soundsBeside() {
        return mixer.isSounding();
    }

    /** Tells whether a frame has to be rendered although there is no speech for it. */
    boolean sounds() {
        return speech.isOpen() || mixer.isSounding() || mixer.hasTail();
    }

    /** Tells whether an utterance may begin: the sources before it have ended, and the others are ducked. Begins those before it. */
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

    /** Prepares for the voice of an utterance that begins. */
    void begin(SpeechRequest request) {
        voices.begin(request);
    }

    /** Takes the frame of speech that is mixed in next. */
    void speak(FrameCutter.Frame frame, boolean resumes) {
        float[] samples = speech.offer(frame.audio(), frame.last(), resumes);
        voices.measure(samples, frame.samples());
    }

    /**
     * Renders the next frame of the mix.
     *
     * @param speaking whether speech sounds, or is on its way
     */
    ByteBuffer render(boolean speaking) {
        announcementFrames++;
        ByteBuffer frame = ByteBuffer.allocate(SpeechTime.FRAME_BYTES);
        mixer.mix(speaking, frame);
        report.rendered();
        return frame.flip().asReadOnlyBuffer();
    }

    /** Goes back by so many frames, or as many as it can, to render them again without the speech; returns how many. */
    int rewind(int frames) {
        speech.cut();
        return mixer.rewind(frames);
    }

    /** Drops what was rendered: it is not to be heard, and nothing else sounds. Silence comes before the next frame. */
    void cut() {
        speech.cut();
        mixer.restart();
        report.fellSilent();
    }

    /** Records that no frame follows for now. */
    void fallSilent() {
        if (!report.isSilent()) {
            mixer.fallSilent();
            report.fellSilent();
        }
    }

    /** Returns the current state. */
    MixStatus status() {
        List<Mixer.SourceState> states = mixer.sources();
        return new MixStatus(
                on,
                on != isWanted(),
                settings,
                voices.gainDb(),
                mixer.levels(),
                monitor.speech(),
                sources.stream()
                        .map(source -> statusOf(source.getKey(), source.getValue(), states))
                        .toList(),
                sources.failed());
    }

    /** Returns the view of how loud the mix is; it may be used from any thread. */
    MixMonitor monitor() {
        return monitor;
    }

    private static int historyFrames(Duration lead) {
        long longest = Math.max(lead.toMillis(), USUAL_LEAD_MILLIS);
        return (int) (longest / SpeechTime.FRAME_MILLIS) + 2 + MARGIN_FRAMES;
    }

    /** Removes all sources. */
    void close() {
        waiting.values().forEach(TickClock.Timer::cancel);
        waiting.clear();
        sources.clear();
        on = false;
        monitor.turn(false);
        report.tell();
        mixer.close();
    }

    private void begin(String name, Source source) {
        monitor.changed();
        mixer.put(name, source.input().get(), source.settings());
        place(name, source);
    }

    private void place(String name, Source source) {
        mixer.trim(name, source.trimDb(settings.targetLufs()));
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
                .map(state -> MixStatus.SourceStatus.of(source, state))
                .orElseGet(() -> MixStatus.SourceStatus.waiting(name, source));
    }
}
