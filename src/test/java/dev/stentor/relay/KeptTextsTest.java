package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.TextMap;
import dev.stentor.channel.Utterance;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.channel.WrittenText;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The texts of a channel, kept in a cluster that is away at times. */
class KeptTextsTest {

    private static final long SAMPLES = SpeechTime.FRAME_SAMPLES;

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 10);
    private final MortalCluster way = new MortalCluster(cluster);
    private long epoch;

    @BeforeEach
    void take() {
        ChannelLease lease =
                cluster.lease(LOBBY.value(), "a", Duration.ofMinutes(1)).block(Duration.ZERO);
        epoch = requireNonNull(lease).epoch();
    }

    private KeptTexts texts(Set<String> former) {
        return new KeptTexts(way, clock, LOBBY, epoch, former);
    }

    private Map<String, String> kept() {
        return requireNonNull(cluster.kept(LOBBY.value()).block(Duration.ZERO));
    }

    private static UtteranceRequest text() {
        return new UtteranceRequest(
                SpeechRequest.of("text"), UtteranceRequest.Mode.ENQUEUE, null, null, false, List.of());
    }

    private static Utterance spoken(String id) {
        return new Utterance(
                id,
                LOBBY,
                SpeechRequest.of("text"),
                Utterance.State.DONE,
                1,
                0L,
                SAMPLES,
                List.of(),
                new Utterance.Progress(0, 0, 4, false),
                new Utterance.Times(0, null, null, null),
                SAMPLES,
                new TextMap("text", List.of(), SAMPLES),
                null,
                null,
                null,
                null);
    }

    @Test
    void aTextThatWasSpokenWhileTheClusterWasAwayIsDroppedHoweverLongThatTook() {
        KeptTexts texts = texts(Set.of());
        texts.queued("u1", text(), List.of("u1"));
        texts.queued("u2", text(), List.of("u1", "u2"));
        cluster.away(true);
        texts.over(spoken("u1"));
        texts.refresh();
        texts.refresh();
        cluster.away(false);
        texts.refresh();
        assertThat(kept())
                .containsOnlyKeys(epoch + ":order", epoch + ":u:u2", epoch + ":d:u1")
                .containsEntry(epoch + ":order", "[\"u2\"]");
    }

    @Test
    void whatIsKeptIsNotKeptAgain() {
        KeptTexts texts = texts(Set.of());
        texts.queued("u1", text(), List.of("u1"));
        texts.over(spoken("u1"));
        texts.refresh();
        texts.refresh();
        assertThat(way.keeps).isEqualTo(2);
        assertThat(kept()).containsOnlyKeys(epoch + ":order", epoch + ":d:u1").containsEntry(epoch + ":order", "[]");
    }

    @Test
    void anOpenTextThatGrowsExpiresWhenItDidBefore() {
        var asked = new UtteranceRequest(
                SpeechRequest.of("Once"), UtteranceRequest.Mode.ENQUEUE, Duration.ofSeconds(60), null, true);
        String kept = KeptForm.of(asked, 1_000);
        assertThat(KeptForm.withWritten(kept, new WrittenText(List.of(" upon"), false)))
                .contains("\"expiresAtMillis\":61000", " upon");
    }

    @Test
    void whatEndsAfterItsChannelIsNotKept() {
        KeptTexts texts = texts(Set.of());
        texts.queued("u1", text(), List.of("u1"));
        assertThat(texts.drop().block(Duration.ZERO)).isTrue();
        texts.over(spoken("u1"));
        texts.refresh();
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatAnEarlierLifeLeftIsDroppedOnce() {
        var _ = cluster.keep(LOBBY.value(), epoch, Map.of("1:u:old", "text"), Set.of())
                .block(Duration.ZERO);
        KeptTexts texts = texts(Set.of("1:u:old"));
        cluster.away(true);
        texts.refresh();
        cluster.away(false);
        texts.refresh();
        texts.refresh();
        assertThat(kept()).isEmpty();
        assertThat(way.keeps).isEqualTo(2);
    }
}
