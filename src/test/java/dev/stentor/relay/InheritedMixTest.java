package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.channel.Channel;
import dev.stentor.channel.LostSource;
import dev.stentor.channel.MixSettings;
import dev.stentor.channel.MixStatus;
import dev.stentor.channel.Source;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.Input;
import dev.stentor.mix.SilentInput;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The mix of a channel whose node is gone: its settings hold on, and so do sources that can be made again; the others are told as ended. */
class InheritedMixTest {

    private static final MixSettings QUIET = new MixSettings(new DuckSettings(-30, 50, 100, 200), null, false);

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode heir = nodes.add("b", 7 * RelayNodes.HOUR);
    private final RelayNode third = nodes.add("c", -3 * RelayNodes.HOUR);
    private final RecordingOutlet atHeir = new RecordingOutlet();
    private final List<Long> skipped = new ArrayList<>();

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    private static Source source(SourceOrigin origin, Supplier<Input> input) {
        return new Source(input, SourceSettings.UNITY, new Source.Start.After(Duration.ZERO), null, origin);
    }

    private static Source bed() {
        return source(SourceOrigin.NONE, SilentInput::new);
    }

    /** The origin of a source that can be made again. */
    private record Recipe(String text) implements SourceOrigin {
        @Override
        public Optional<String> recipe() {
            return Optional.of(text);
        }
    }

    /** Makes sources again whose inputs note how many samples they leave out. */
    private void restoreAt(RelayNode node) {
        node.channels.restoreBy((recipe, settings) -> recipe.equals("gone")
                ? Mono.error(new IllegalArgumentException("thrown by the test"))
                : Mono.just(source(new Recipe(recipe), this::noting).with(settings)));
    }

    private Input noting() {
        return new Input() {
            @Override
            public Given read(float[] frame) {
                Arrays.fill(frame, 0);
                return Given.SILENCE;
            }

            @Override
            public void skip(long samples) {
                skipped.add(samples);
            }
        };
    }

    private MixStatus mix(Mono<MixStatus> asked) {
        var mix = asked.toFuture();
        nodes.clock.settle();
        return Objects.requireNonNull(mix.getNow(null));
    }

    private Channel mixed() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        nodes.join(third, new RecordingOutlet(), null);
        var _ = mix(channel.mix(_ -> QUIET));
        var _ = mix(channel.put("rain", bed(), UnaryOperator.identity()));
        var _ = mix(channel.put("wind", bed(), UnaryOperator.identity()));
        var _ = mix(channel.remove("wind"));
        nodes.pass(500);
        return channel;
    }

    private Channel heirsAfterTakeover() {
        owner.cluster.cut(true);
        nodes.pass(8_000);
        return heir.channels.find(LOBBY).orElseThrow();
    }

    @Test
    void theSettingsHoldOnAndTheSourcesAreShownAsLost() {
        var _ = mixed();
        int frames = atHeir.frames().size();
        assertThat(frames).as("a mix sounds").isPositive();
        MixStatus status = mix(heirsAfterTakeover().mix());
        assertThat(status.settings()).isEqualTo(QUIET);
        assertThat(status.sources()).isEmpty();
        assertThat(status.on()).isFalse();
        assertThat(status.failed()).singleElement().satisfies(lost -> {
            assertThat(lost.name()).isEqualTo("rain");
            assertThat(lost.origin()).isEqualTo(new LostSource());
        });
        assertThat(atHeir.texts("state").getLast().path("phase").asString()).isEqualTo("idle");
    }

    @Test
    void theEndOfASourceWithItsNodeIsCountedAsAChangeOfTheMix() {
        Sinks.One<Source> late = Sinks.one();
        heir.channels.restoreBy((recipe, settings) -> late.asMono());
        third.channels.restoreBy((recipe, settings) -> late.asMono());
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        nodes.join(third, new RecordingOutlet(), null);
        var _ = mix(channel.put("rain", source(new Recipe("rain"), SilentInput::new), UnaryOperator.identity()));
        nodes.pass(500);
        int before = changes(channel);
        Channel inherited = heirsAfterTakeover();
        int meanwhile = changes(inherited);
        assertThat(meanwhile).as("a number that nobody saw before").isGreaterThan(before);
        var _ = late.tryEmitError(new IllegalStateException("thrown by the test"));
        nodes.clock.settle();
        assertThat(mix(inherited.mix()).failed()).hasSize(1);
        assertThat(changes(inherited)).isGreaterThan(meanwhile);
    }

    private static int changes(Channel channel) {
        return channel.mixMonitor().levels().changes();
    }

    @Test
    void aSourceThatCanBeMadeAgainGoesOnWhereItWasHeard() {
        restoreAt(heir);
        restoreAt(third);
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        nodes.join(third, new RecordingOutlet(), null);
        SourceSettings soft = new SourceSettings(-20, 300, true);
        Source rain = source(new Recipe("rain"), SilentInput::new).with(soft);
        var _ = mix(channel.put("rain", rain, UnaryOperator.identity()));
        var _ = mix(channel.put("wind", source(new Recipe("gone"), SilentInput::new), UnaryOperator.identity()));
        var later = new Source(
                SilentInput::new,
                SourceSettings.UNITY,
                new Source.Start.After(Duration.ofMinutes(1)),
                null,
                new Recipe("later"));
        var _ = mix(channel.put("later", later, UnaryOperator.identity()));
        nodes.pass(1_500);
        owner.cluster.cut(true);
        nodes.pass(1_000);
        long heard = (long) atHeir.frames().size() * SpeechTime.FRAME_SAMPLES;
        nodes.pass(7_000);
        MixStatus status = mix(heir.channels.find(LOBBY).orElseThrow().mix());
        assertThat(status.on()).isTrue();
        assertThat(status.sources()).singleElement().satisfies(goesOn -> {
            assertThat(goesOn.name()).isEqualTo("rain");
            assertThat(goesOn.settings()).isEqualTo(soft);
        });
        assertThat(status.failed()).extracting(MixStatus.FailedSource::name).containsExactly("wind", "later");
        assertThat(skipped).containsExactly(heard);
        heir.cluster.cut(true);
        nodes.pass(8_000);
        assertThat(mix(third.channels.find(LOBBY).orElseThrow().mix()).sources())
                .hasSize(1);
        assertThat(skipped).hasSize(2);
        assertThat(skipped.getLast()).as("it had gone on meanwhile").isGreaterThan(heard);
    }

    @Test
    void aSourceThatIsPutInAgainGoesOn() {
        var _ = mixed();
        Channel next = heirsAfterTakeover();
        int before = atHeir.frames().size();
        MixStatus status = mix(next.put("rain", bed(), UnaryOperator.identity()));
        assertThat(status.failed()).isEmpty();
        nodes.pass(500);
        assertThat(atHeir.frames()).hasSizeGreaterThan(before + 20);
    }

    @Test
    void theSettingsOutliveTwoNodes() {
        var _ = mixed();
        var _ = heirsAfterTakeover();
        heir.cluster.cut(true);
        nodes.pass(8_000);
        MixStatus status = mix(third.channels.find(LOBBY).orElseThrow().mix());
        assertThat(status.settings()).isEqualTo(QUIET);
        assertThat(status.failed()).as("told once, by the first heir").isEmpty();
    }
}
