package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.FeedEvent;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.ListenerReport;
import dev.stentor.broadcast.Players;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.ToldControl;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may be asked of players, wherever they are: the answers are those of one node. */
class PlayersElsewhereTest {

    private static final int FRAMES = 60;
    private static final byte[] SOUND = Signals.selfIndexing(FRAMES * SpeechTime.FRAME_SAMPLES);
    private static final long SAMPLES = (long) FRAMES * SpeechTime.FRAME_SAMPLES;
    private static final PlayerControl QUIET = new PlayerControl(0.5, null);

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 3_000);
    private final Map<String, RelayNode> nodes = new HashMap<>();
    private final RelayNode owner = node("a", 0);
    private final RelayNode other = node("b", 1_000_000);
    private final RelayNode third = node("c", -1_000_000);
    private final RecordingOutlet there = new RecordingOutlet();
    private final RecordingOutlet elsewhere = new RecordingOutlet();
    private final List<Listener> listeners = new ArrayList<>();
    private Channel channel;

    @BeforeEach
    void open() {
        channel = owner.open();
    }

    @AfterEach
    void allMemoryGoesBack() {
        listeners.forEach(Listener::leave);
        nodes.values().forEach(RelayNode::close);
        pass(20_000);
    }

    private RelayNode node(String id, long clockMicros) {
        var engine = ScriptedEngine.speaking(SOUND, 4_800);
        return new RelayNode(id, clockMicros, clock, new MortalCluster(cluster), engine, nodes);
    }

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    private Listener join(RelayNode node, RecordingOutlet outlet, @Nullable String client) {
        Listener listener = node.join(outlet, null, client);
        listeners.add(listener);
        pass(3_000);
        return listener;
    }

    private Players players() {
        return owner.broadcasts.find(LOBBY).orElseThrow().players();
    }

    private void speak() {
        var _ = channel.speak(SpeechRequest.of("text")).subscribe();
        clock.settle();
    }

    private static ListenerReport playing(long pos, ListenerReport.@Nullable Cut cut) {
        return new ListenerReport(pos, 1, 100, 0, "playing", null, null, cut);
    }

    private List<String> heard() {
        var events = new ArrayList<String>();
        var _ = owner.broadcasts
                .find(LOBBY)
                .orElseThrow()
                .news()
                .news(null, false)
                .filter(event -> event.type().equals("utterance.heard"))
                .map(FeedEvent::json)
                .subscribe(events::add);
        clock.settle();
        return events;
    }

    @Test
    void whatAListenerOfAnotherNodeHeardIsToldOnce() {
        Listener listener = join(other, there, "ann");
        List<String> heard = heard();
        speak();
        pass(2_000);
        assertThat(heard).as("the utterance has ended, and nobody is through").isEmpty();
        listener.report(playing(SAMPLES, null));
        pass(5_000);
        assertThat(heard)
                .singleElement()
                .asString()
                .contains("\"conn\":\"b-c1\"", "\"client\":\"ann\"", "\"whole\":true");
    }

    @Test
    void nobodyIsAskedWhileNobodyFollowsOrLongAfterTheEnd() {
        var _ = join(other, there, null);
        speak();
        pass(30_000);
        assertThat(owner.peers.questions).isZero();
        var _ = heard();
        speak();
        pass(60_000);
        int asked = owner.peers.questions;
        assertThat(asked)
                .as("once in a report's time, while somebody may be behind")
                .isBetween(5, 30);
        pass(60_000);
        assertThat(owner.peers.questions).isEqualTo(asked);
    }

    @Test
    void aClearWaitsForThePlayersOfAllNodes() {
        Listener listener = join(other, there, null);
        speak();
        pass(500);
        listener.report(playing(4_800, null));
        var _ = channel.clear(ClearRequest.all("test")).subscribe();
        CompletableFuture<@Nullable Void> silenced = players().silenced(1).toFuture();
        pass(200);
        assertThat(silenced).isNotDone();
        listener.report(playing(9_600, new ListenerReport.Cut(1, 9_600)));
        pass(40);
        assertThat(silenced).isCompleted();
    }

    @Test
    void aClearWaitsNoLongerForANodeThatDoesNotAnswer() {
        var _ = join(other, there, null);
        owner.peers.deaf.add("b");
        CompletableFuture<@Nullable Void> silenced = players().silenced(1).toFuture();
        pass(900);
        assertThat(silenced).isNotDone();
        pass(200);
        assertThat(silenced).isCompleted();
    }

    @Test
    void oneListenerIsTurnedDownAndIsToldAgainWhereverItComesBack() {
        Listener first = join(other, there, "ann");
        var _ = join(third, elsewhere, "bob");
        var told = players().control("ann", QUIET).toFuture();
        pass(100);
        assertThat(told).isCompletedWithValue(new ToldControl("ann", QUIET));
        assertThat(there.text("control").path("volume").asDouble()).isEqualTo(0.5);
        assertThat(elsewhere.texts("control")).isEmpty();
        first.leave();
        var atThird = new RecordingOutlet();
        var _ = join(third, atThird, "ann");
        assertThat(atThird.text("control").path("volume").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aNodeThatFollowsLaterKnowsWhatWasSetBefore() {
        Listener here = owner.join(there, null, "ann");
        listeners.add(here);
        pass(100);
        var _ = players().control("ann", QUIET).subscribe();
        pass(100);
        here.leave();
        var _ = join(other, elsewhere, "ann");
        assertThat(elsewhere.text("control").path("volume").asDouble()).isEqualTo(0.5);
    }

    @Test
    void whatWasSetForAllOutlivesTheNode() {
        var _ = join(other, there, null);
        var _ = players().control(QUIET).subscribe();
        pass(100);
        owner.cluster.cut(true);
        pass(8_000);
        assertThat(other.channels.find(LOBBY)).isPresent();
        assertThat(other.broadcasts.find(LOBBY).orElseThrow().control()).isEqualTo(QUIET);
    }

    @Test
    void oneListenerIsSentAwayByEitherOfItsNames() {
        var _ = join(other, there, "ann");
        var _ = join(third, elsewhere, "bob");
        var byClient = players().sendAway("ann").toFuture();
        var byConnection = players().sendAway("c-c1").toFuture();
        var unknown = players().sendAway("eve").toFuture();
        pass(100);
        assertThat(byClient).isCompletedWithValue(true);
        assertThat(there.closes).containsExactly(CloseReason.REMOVED);
        assertThat(byConnection).isCompletedWithValue(true);
        assertThat(elsewhere.closes).containsExactly(CloseReason.REMOVED);
        assertThat(unknown).isCompletedWithValue(false);
    }

    @Test
    void whereANodeDoesNotAnswerNobodySaysThatThereIsNoSuchListener() {
        var _ = join(other, there, "ann");
        var _ = join(third, elsewhere, "bob");
        owner.peers.deaf.add("b");
        var lost = players().sendAway("ann").toFuture();
        var untold = players().control("ann", QUIET).toFuture();
        var found = players().sendAway("bob").toFuture();
        pass(1_100);
        assertThat(lost).isCompletedExceptionally();
        assertThat(lost.exceptionNow()).isInstanceOf(ChannelException.class);
        assertThat(untold.exceptionNow()).isInstanceOf(ChannelException.class);
        assertThat(found).isCompletedWithValue(true);
    }
}
