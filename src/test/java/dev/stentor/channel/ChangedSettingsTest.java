package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Rules for the settings of a channel that is there already. */
class ChangedSettingsTest {

    @Test
    void newLimitsOfTheQueueHoldForTheNextUtterance() {
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800));
        booth.answer(booth.channel.change(ChannelSettings.conversation().withMaxUtterances(1)));
        booth.speak("one");
        assertThatThrownBy(() -> booth.speak("two"))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("QueueFull"));
    }

    @Test
    void aNewPrefetchBoundHoldsAtOnce() {
        var engine = ScriptedEngine.speaking(Signals.selfIndexing(60 * SECOND), 48_000);
        var settings = ChannelSettings.conversation().withPrefetch(Duration.ofSeconds(8));
        Booth booth = new Booth(engine, settings);
        booth.speak("long");
        booth.clock.settle();
        assertThat(engine.requested()).isBetween(8L, 9L);
        booth.answer(booth.channel.change(settings.withPrefetch(Duration.ofSeconds(20))));
        booth.clock.settle();
        assertThat(engine.requested()).isBetween(20L, 21L);
    }

    @Test
    void newPausesHoldForTheNextOpenText() {
        var writer = new Writer();
        writer.booth.answer(writer.booth.channel.change(Writer.natural()));
        String text = "Here is one sentence.\nAnd here is another one.";
        writer.open(text);
        writer.end();
        writer.advance(5_000);
        assertThat(writer.booth.output.all(UtteranceEnded.class))
                .singleElement()
                .satisfies(ended ->
                        assertThat(ended.samples()).isGreaterThan((long) text.length() * Writer.PER_CHARACTER));
    }

    @Test
    void aNarrationWaitsNoLongerThanTheNewPrefetchBoundAllows() {
        Sinks.Many<ByteBuffer> source = Sinks.many().unicast().onBackpressureBuffer();
        var settings = ChannelSettings.of(Preset.NARRATION);
        Booth booth = new Booth(ScriptedEngine.of(request -> Flux.from(source.asFlux())), settings);
        booth.answer(booth.channel.change(settings.withPrefetch(Duration.ofSeconds(1))));
        booth.speak("one");
        booth.clock.settle();
        source.tryEmitNext(ByteBuffer.wrap(Signals.selfIndexing(SECOND)).asReadOnlyBuffer())
                .orThrow();
        booth.clock.settle();
        assertThat(booth.output.frames()).isPositive();
    }
}
