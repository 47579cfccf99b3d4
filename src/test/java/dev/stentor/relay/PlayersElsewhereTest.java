package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions to players, wherever they are: the answers are those of one node. */
class PlayersElsewhereTest {

    private static final PlayerControl QUIET = new PlayerControl(0.5, null);

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode other = nodes.add("b", 1_000_000);
    private final RelayNode third = nodes.add("c", -1_000_000);
    private final RecordingOutlet there = new RecordingOutlet();
    private final RecordingOutlet elsewhere = new RecordingOutlet();
    private Channel channel;

    @BeforeEach
    void open() {
        channel = owner.open();
    }

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    private Listener join(RelayNode node, RecordingOutlet outlet, @Nullable String client) {
        Listener listener = nodes.join(node, outlet, client);
        nodes.pass(3_000);
        return listener;
    }

    private Players players() {
        return owner.broadcasts.find(LOBBY).orElseThrow().players();
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
        nodes.clock.settle();
        return events;
    }

    @Test
    void whatAListenerOfAnotherNodeHeardIsToldOnce() {
        Listener listener = join(other, there, "ann");
        List<String> heard = heard();
        var _ = nodes.speak(channel, "text");
        nodes.pass(2_000);
        assertThat(heard).as("the utterance has ended, and nobody is through").isEmpty();
        listener.report(playing(RelayNodes.SAMPLES, null));
        nodes.pass(5_000);
        assertThat(heard)
                .singleElement()
                .asString()
                .contains("\"conn\":\"b-c1\"", "\"client\":\"ann\"", "\"whole\":true");
    }

    @Test
    void nobodyIsAskedWhileNobodyFollowsOrLongAfterTheEnd() {
        var _ = join(other, there, null);
        var _ = nodes.speak(channel, "text");
        nodes.pass(30_000);
        assertThat(owner.peers.questions).isZero();
        var _ = heard();
        var _ = nodes.speak(channel, "text");
        nodes.pass(60_000);
        int asked = owner.peers.questions;
        assertThat(asked)
                .as("once in a report's time, while somebody may be behind")
                .isBetween(5, 30);
        nodes.pass(60_000);
        assertThat(owner.peers.questions).isEqualTo(asked);
    }

    @Test
    void aClearWaitsForThePlayersOfAllNodes() {
        Listener listener = join(other, there, null);
        var _ = nodes.speak(channel, "text");
        nodes.pass(500);
        listener.report(playing(4_800, null));
        var _ = channel.clear(ClearRequest.all("test")).subscribe();
        CompletableFuture<@Nullable Void> silenced = players().silenced(1).toFuture();
        nodes.pass(200);
        assertThat(silenced).isNotDone();
        listener.report(playing(9_600, new ListenerReport.Cut(1, 9_600)));
        nodes.pass(40);
        assertThat(silenced).isCompleted();
    }

    @Test
    void aClearWaitsNoLongerForANodeThatDoesNotAnswer() {
        var _ = join(other, there, null);
        owner.peers.deaf.add("b");
        CompletableFuture<@Nullable Void> silenced = players().silenced(1).toFuture();
        nodes.pass(900);
        assertThat(silenced).isNotDone();
        nodes.pass(200);
        assertThat(silenced).isCompleted();
    }

    @Test
    void oneListenerIsTurnedDownAndIsToldAgainWhereverItComesBack() {
        Listener first = join(other, there, "ann");
        var _ = join(third, elsewhere, "bob");
        var told = players().control("ann", QUIET).toFuture();
        nodes.pass(100);
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
        Listener here = nodes.join(owner, there, "ann");
        var _ = players().control("ann", QUIET).subscribe();
        nodes.pass(100);
        here.leave();
        var _ = join(other, elsewhere, "ann");
        assertThat(elsewhere.text("control").path("volume").asDouble()).isEqualTo(0.5);
    }

    @Test
    void whatWasSetForAllOutlivesTheNode() {
        var _ = join(other, there, null);
        var _ = players().control(QUIET).subscribe();
        nodes.pass(100);
        owner.cluster.cut(true);
        nodes.pass(8_000);
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
        nodes.pass(100);
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
        nodes.pass(1_100);
        assertThat(lost).isCompletedExceptionally();
        assertThat(lost.exceptionNow()).isInstanceOf(ChannelException.class);
        assertThat(untold.exceptionNow()).isInstanceOf(ChannelException.class);
        assertThat(found).isCompletedWithValue(true);
    }
}
