package dev.stentor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.channel.Channel;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.billing.BilledEngine;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Charge;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import dev.stentor.usage.UsageStats;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Texts that go on after a takeover are charged to the one who asked, once. */
class TakeoverChargeTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final List<ByteBuffer> SOUND = Signals.chunks(RelayNodes.SOUND, 4_800);

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 3_000);
    private final Map<String, RelayNode> nodes = new HashMap<>();
    private final LocalQuotas atOwner = quotas();
    private final LocalQuotas atHeir = quotas();
    /** The owner's service does not answer to the last text before the owner dies. */
    private final ScriptedEngine dying =
            ScriptedEngine.of(request -> request.text().equals("unpaid") ? Flux.never() : Flux.fromIterable(SOUND));

    private final ScriptedEngine living = ScriptedEngine.of(_ -> Flux.fromIterable(SOUND));
    private final RelayNode owner = node("a", dying, atOwner);
    private final RelayNode heir = node("b", living, atHeir);
    private final RecordingOutlet outlet = new RecordingOutlet();

    private static LocalQuotas quotas() {
        return new LocalQuotas(() -> Instant.parse("2026-03-01T12:00:00Z"), () -> 0, null, UsageStats.NONE);
    }

    private RelayNode node(String id, SpeechEngine engine, LocalQuotas quotas) {
        return new RelayNode(
                id, 0, clock, new MortalCluster(cluster), new BilledEngine(engine, "cloud", "model"), quotas, nodes);
    }

    @AfterEach
    void close() {
        nodes.values().forEach(RelayNode::close);
        clock.advance(Duration.ofSeconds(20));
    }

    private void speak(Channel channel, String text) {
        Charge charge = Charge.accepted("studio", atOwner, 0);
        var spoken = channel.speak(SpeechRequest.of(text).chargedTo(charge)).toFuture();
        clock.settle();
        assertThat(spoken).isCompleted();
    }

    private static long paid(LocalQuotas quotas) {
        List<UsageRow> rows = Objects.requireNonNull(
                quotas.usage(new UsageQuery(TODAY, TODAY, "studio", null, null)).block());
        return rows.stream().mapToLong(row -> row.characters().paid()).sum();
    }

    @Test
    void eachTextIsPaidOnceByTheOneWhoAskedWhereverItIsSpoken() {
        Channel channel = owner.open();
        Listener listener = heir.join(outlet, null);
        clock.advance(Duration.ofMillis(200));
        speak(channel, "first");
        speak(channel, "paid ahead");
        speak(channel, "unpaid");
        clock.advance(Duration.ofMillis(500));
        assertThat(paid(atOwner)).isEqualTo("first".length() + "paid ahead".length());
        owner.cluster.cut(true);
        clock.advance(Duration.ofSeconds(12));
        assertThat(living.requests())
                .extracting(SpeechRequest::text)
                .as("what waited is spoken by the next node")
                .containsExactly("paid ahead", "unpaid");
        assertThat(paid(atHeir)).as("what was paid already is not paid again").isEqualTo("unpaid".length());
        listener.leave();
    }
}
