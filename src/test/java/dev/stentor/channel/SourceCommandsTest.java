package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static dev.stentor.channel.Mixed.SPEECH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Input;
import dev.stentor.mix.SilentInput;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Each command on the sources of a channel is checked and carried out as one. */
class SourceCommandsTest {

    private static final Source SILENCE = Source.now(SilentInput::new, SourceSettings.UNITY);

    private final Booth booth = new Booth(ScriptedEngine.speaking(SPEECH, 9_600));

    @Test
    void twoCommandsForTheLastPlaceGetItOnce() {
        for (int n = 1; n < SourceLimits.MAX_SOURCES; n++) {
            booth.put("s" + n, SILENCE);
        }
        var first =
                booth.channel.put("first", SILENCE, UnaryOperator.identity()).toFuture();
        assertRefused(
                ChannelRefusal.Kind.TOO_MANY_SOURCES, booth.channel.put("second", SILENCE, SourceCommandsTest::deep));
        assertThat(first).isCompleted();
        MixStatus status = booth.answer(booth.channel.mix());
        assertThat(status.sources()).hasSize(SourceLimits.MAX_SOURCES);
        assertThat(status.settings().duck()).isEqualTo(DuckSettings.DEFAULT);
        booth.put("s3", SILENCE); // in another's place
    }

    @Test
    void aSourceComesWithItsDucking() {
        MixStatus status = booth.answer(booth.channel.put("bed", SILENCE, SourceCommandsTest::deep));
        assertThat(status.settings().duck()).isEqualTo(new DuckSettings(-30, 100, 0, 0));
    }

    @Test
    void soundInMemoryIsBoundedAndASoundThatSeveralPlayCountsOnce() {
        Source half = playing(SoundClip.of(new float[40 * SECOND]));
        Source more = playing(SoundClip.of(new float[40 * SECOND]));
        SourceRegistry here = new SourceRegistry();
        here.put("a", half);
        SourceLimits limits = new SourceLimits(Duration.ofMinutes(1), () -> List.of(half, half).stream());
        limits.check(here, "b", half);
        assertThatExceptionOfType(ChannelException.class)
                .isThrownBy(() -> limits.check(here, "b", more))
                .satisfies(refused -> assertThat(refused.refusal())
                        .isEqualTo(ChannelRefusal.tooMuchSourceSound(Duration.ofMinutes(1))));
    }

    @Test
    void aSourceThatFailedIsToldUntilItIsRemoved() {
        putFailing("text");
        MixStatus status = booth.answer(booth.channel.mix());
        assertThat(status.sources()).isEmpty();
        assertThat(status.failed()).extracting(MixStatus.FailedSource::name).containsExactly("text");
        assertThat(booth.answer(booth.channel.remove("text")).failed()).isEmpty();
        assertThat(booth.channel.remove("text").hasElement().toFuture())
                .satisfies(_ -> booth.clock.settle())
                .isCompletedWithValue(false);
    }

    @Test
    void aSourceThatFailedIsToldUntilAnotherTakesItsName() {
        putFailing("text");
        assertThat(booth.answer(booth.channel.put("text", SILENCE, UnaryOperator.identity()))
                        .failed())
                .isEmpty();
    }

    @Test
    void aChangeOfASourceThatIsNotThereChangesNothing() {
        MixStatus status = booth.answer(booth.channel.change("gone", source -> source, SourceCommandsTest::deep));
        assertThat(status.sources()).isEmpty();
        assertThat(status.settings()).isEqualTo(MixSettings.DEFAULT);
    }

    @Test
    void aChangeThatThrowsChangesNothing() {
        booth.put("bed", SILENCE);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> booth.answer(booth.channel.change(
                        "bed",
                        source -> source.with(new SourceSettings(-6, 5, false)),
                        now -> new DuckSettings(1, 0, 0, 0))));
        assertThat(booth.answer(booth.channel.mix()).sources().getFirst().settings())
                .isEqualTo(SourceSettings.UNITY);
    }

    private void putFailing(String name) {
        SourceOrigin failing = new SourceOrigin() {
            @Override
            public boolean hasFailed() {
                return true;
            }
        };
        Input over = _ -> Input.Given.END;
        booth.put(
                name,
                new Source(() -> over, SourceSettings.UNITY, new Source.Start.After(Duration.ZERO), null, failing));
        booth.clock.advance(Duration.ofSeconds(5));
    }

    private static Source playing(SoundClip clip) {
        SourceOrigin origin = new SourceOrigin() {
            @Override
            public Optional<SoundClip> clip() {
                return Optional.of(clip);
            }
        };
        return new Source(clip::once, SourceSettings.UNITY, new Source.Start.After(Duration.ZERO), null, origin);
    }

    private void assertRefused(ChannelRefusal.Kind kind, Mono<?> answer) {
        assertThatExceptionOfType(ChannelException.class)
                .isThrownBy(() -> booth.answer(answer))
                .satisfies(refused -> assertThat(refused.refusal().kind()).isEqualTo(kind));
    }

    private static DuckSettings deep(DuckSettings now) {
        return new DuckSettings(-30, now.attackMillis(), 0, 0);
    }
}
