package dev.stentor.channel;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.clock.VirtualClock;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A channel in virtual time, with a record of what it released. Confined to the test's thread. */
final class Booth {

    static final int SECOND = 24_000;

    final VirtualClock clock = new VirtualClock();
    final RecordingOutput output = new RecordingOutput();
    final CountedStats stats = new CountedStats();
    final Channel channel;
    private final AtomicInteger ids = new AtomicInteger();

    Booth(SpeechEngine engine) {
        this(engine, ChannelSettings.conversation());
    }

    Booth(SpeechEngine engine, ChannelSettings settings) {
        channel = new Channel(
                new ChannelName("lobby"),
                settings,
                clock,
                new SharedResources(
                        engine,
                        Schedulers.immediate(),
                        () -> "u" + ids.incrementAndGet(),
                        new SourceLimits(Duration.ofMinutes(1), Stream::empty),
                        new SoundBlocks(),
                        stats),
                output,
                ChannelKeeper.NONE,
                Inheritance.NONE);
    }

    /** Returns a booth with three utterances of a second each, all of them released at once. */
    static Booth ahead() {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800),
                ChannelSettings.conversation().withLead(Duration.ofSeconds(5)));
        ahead.speak("one");
        ahead.speak("two");
        ahead.speak("three");
        return ahead;
    }

    @CanIgnoreReturnValue
    Utterance speak(String text) {
        return speak(text, Mode.ENQUEUE);
    }

    @CanIgnoreReturnValue
    Utterance speak(String text, Mode mode) {
        return answer(channel.speak(new UtteranceRequest(SpeechRequest.of(text), mode, null, null)));
    }

    @CanIgnoreReturnValue
    ClearResult clear(ClearRequest clear) {
        return answer(channel.clear(clear));
    }

    List<Utterance> latest(int count) {
        return answer(channel.utterances(count));
    }

    Utterance utterance(String id) {
        return answer(channel.utterance(id));
    }

    void mix(MixSettings settings) {
        answer(channel.mix(_ -> settings));
    }

    void put(String name, Source source) {
        answer(channel.put(name, source, UnaryOperator.identity()));
    }

    List<Audio> audio() {
        return output.all(Audio.class);
    }

    @CanIgnoreReturnValue
    <T> T answer(Mono<T> question) {
        var future = question.toFuture();
        clock.settle();
        try {
            return Objects.requireNonNull(future.getNow(null));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
