package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.ListenerReport.Cut;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.TimelineSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventFeedTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void whoFollowsIsToldWhatHoldsAndThenAllEventsButNoSound() {
        stage.start("u1");
        stage.play(5);
        Follower follower = follow(null);
        stage.play(5);
        stage.end("u1");
        assertThat(follower.types()).containsExactly("open", "utterance.ended");
        assertThat(follower.news.getFirst().id()).isEqualTo(new FeedEvent.Id(Stage.EPOCH, 7));
        assertThat(follower.json(0).path("now"))
                .extracting(event -> event.path("t").asString())
                .containsExactly("timeline", "utterance.started");
        assertThat(follower.news.getLast().id()).isEqualTo(new FeedEvent.Id(Stage.EPOCH, 13));
        assertThat(follower.json(1).path("seq").asLong()).isEqualTo(13);
    }

    @Test
    void whoComesBackGetsAllThatItMissed() {
        stage.start("u1");
        stage.play(5);
        stage.end("u1");
        stage.start("u2");
        stage.play(5);
        stage.end("u2");
        Follower follower = follow(new FeedEvent.Id(Stage.EPOCH, 2));
        assertThat(follower.types())
                .containsExactly("open", "utterance.ended", "timeline", "utterance.started", "utterance.ended");
        assertThat(follower.news.getFirst().id())
                .as("were it cut now, it would miss nothing")
                .isEqualTo(new FeedEvent.Id(Stage.EPOCH, 2));
        assertThat(follower.json(0).path("now")).isEmpty();
    }

    @Test
    void whoComesBackTooLateIsToldSo() {
        stage.start("u1");
        stage.play(1_100);
        Follower late = follow(new FeedEvent.Id(Stage.EPOCH, 2));
        assertThat(late.types()).containsExactly("open", "gap");
        assertThat(late.json(1).path("from_seq").asLong()).isEqualTo(3);
        assertThat(late.json(1).path("to_seq").asLong()).isEqualTo(1_102);
        assertThat(late.json(1).path("cause").asString()).isEqualTo("history");
        Follower older = follow(new FeedEvent.Id(Stage.EPOCH - 1, 2));
        assertThat(older.types()).containsExactly("open", "gap");
        assertThat(older.json(1).path("cause").asString()).isEqualTo("epoch");
        Follower ahead = follow(new FeedEvent.Id(Stage.EPOCH, 9_999));
        assertThat(ahead.json(1).path("cause").asString()).isEqualTo("epoch");
    }

    @Test
    void whoDoesNotReadIsToldAndCutAlone() {
        Follower reading = follow(null);
        Follower deaf = new Follower(1);
        stage.broadcast.news().news(null, false).subscribe(deaf);
        stage.clock.settle();
        for (int i = 0; i < 1_500; i++) {
            stage.start("u" + i);
        }
        assertThat(deaf.news).hasSize(1);
        deaf.request(Long.MAX_VALUE);
        assertThat(deaf.over).isTrue();
        assertThat(deaf.types().getLast()).isEqualTo("error");
        assertThat(deaf.news).hasSizeLessThan(1_100);
        assertThat(reading.news).hasSize(3_001);
        assertThat(reading.over).isFalse();
    }

    @Test
    void inSilenceThereIsASignOfLifeAndOneTimerForAll() {
        Follower one = follow(null);
        Follower two = follow(null);
        stage.clock.advance(Duration.ofSeconds(31));
        assertThat(one.types()).containsExactly("open", "", "");
        assertThat(two.types()).containsExactly("open", "", "");
        one.cancel();
        two.cancel();
        stage.clock.advance(Duration.ofMinutes(1));
        assertThat(stage.broadcast.hasListeners()).isFalse();
        Follower three = follow(null);
        stage.clock.advance(Duration.ofSeconds(16));
        assertThat(three.types()).containsExactly("open", "");
    }

    @Test
    void whoAsksForLevelsIsToldFourTimesASecondWhileAMixSoundsAndAtItsEnd() {
        Follower asks = follow(null, true);
        Follower other = follow(null);
        stage.mix(100, false);
        assertThat(asks.levels()).isEqualTo(8); // two seconds, in frames of 20 ms: every 260 ms
        stage.mix(1, true);
        assertThat(asks.levels()).isEqualTo(9);
        assertThat(other.levels()).isZero();
        stage.clock.advance(Duration.ofSeconds(10));
        assertThat(asks.levels()).as("there is no timer").isEqualTo(9);
        stage.mix(1, false);
        assertThat(asks.levels()).isEqualTo(10);
        assertThat(asks.news).filteredOn(news -> news.type().equals("levels")).allMatch(news -> news.id() == null);
    }

    @Test
    void ofSpeechWithoutAMixThereAreNoLevels() {
        Follower asks = follow(null, true);
        stage.start("u1");
        stage.play(50);
        stage.end("u1");
        assertThat(asks.levels()).isZero();
    }

    @Test
    void aReportThatSaysThatAnUtteranceWasHeardIsToldOnce() {
        Listener listener = stage.join(outlet, loop);
        Follower follower = follow(null);
        stage.start("u1");
        stage.play(50, loop);
        stage.release(new UtteranceEnded("u1", 0, 24_000, Reason.DONE, null));
        loop.run();
        report(listener, 12_000, null);
        report(listener, 24_000, null);
        report(listener, 24_000, null);
        List<JsonNode> heard = follower.all("utterance.heard");
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().path("id").asString()).isEqualTo("u1");
        assertThat(heard.getFirst().path("conn").asString()).isEqualTo("c1");
        assertThat(heard.getFirst().path("ms").asLong()).isEqualTo(1_000);
        assertThat(heard.getFirst().path("whole").asBoolean()).isTrue();
    }

    @Test
    void ofAnUtteranceThatBrokeOffInAMixOnlyItsOwnSamplesCountAsHeard() {
        Listener listener = stage.join(outlet, loop);
        Follower follower = follow(null);
        stage.start("u1");
        stage.play(75, loop);
        List<TimelineSpan> halves = List.of(new TimelineSpan(0, 12_000), new TimelineSpan(24_000, 12_000));
        stage.release(new UtteranceEnded("u1", 0, 24_000, Reason.DONE, null, halves));
        loop.run();
        report(listener, 24_000, null);
        assertThat(follower.all("utterance.heard"))
                .as("its end lies further on")
                .isEmpty();
        assertThat(listener.status(0, 0).heard(1, halves, stage.clock.micros())).hasValue(12_000);
        report(listener, 36_000, null);
        assertThat(follower.all("utterance.heard").getFirst().path("samples").asLong())
                .isEqualTo(24_000);
    }

    @Test
    void aCutIsHeardAsFarAsItCame() {
        Listener listener = stage.join(outlet, loop);
        Follower follower = follow(null);
        stage.start("u1");
        stage.play(50, loop);
        stage.clear();
        stage.release(new UtteranceEnded("u1", 0, 24_000, Reason.CLEARED, null));
        loop.run();
        report(listener, 12_000, new Cut(1, 12_000));
        JsonNode heard = follower.all("utterance.heard").getFirst();
        assertThat(heard.path("samples").asLong()).isEqualTo(12_000);
        assertThat(heard.path("whole").asBoolean()).isFalse();
    }

    @Test
    void whenTheChannelIsGivenUpTheNewsEnd() {
        Follower follower = follow(null);
        stage.broadcast.close();
        assertThat(follower.over).isTrue();
        assertThat(follow(null).over).isTrue();
    }

    private Follower follow(FeedEvent.@Nullable Id since) {
        return follow(since, false);
    }

    private Follower follow(FeedEvent.@Nullable Id since, boolean levels) {
        var follower = new Follower(Long.MAX_VALUE);
        stage.broadcast.news().news(since, levels).subscribe(follower);
        stage.clock.settle();
        return follower;
    }

    private void report(Listener listener, long pos, @Nullable Cut cut) {
        listener.report(new ListenerReport(pos, 1, 0, 0, "idle", null, null, cut));
        stage.clock.advance(Duration.ofMillis(20));
    }

    private static final class Follower extends BaseSubscriber<FeedEvent> {
        private final long demand;
        private final List<FeedEvent> news = new ArrayList<>();
        private boolean over;

        private Follower(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(demand);
        }

        @Override
        protected void hookOnNext(FeedEvent latest) {
            news.add(latest);
        }

        @Override
        protected void hookOnComplete() {
            over = true;
        }

        private long levels() {
            return types().stream().filter("levels"::equals).count();
        }

        private List<String> types() {
            return news.stream().map(FeedEvent::type).toList();
        }

        private JsonNode json(int index) {
            return JSON.readTree(news.get(index).json());
        }

        private List<JsonNode> all(String type) {
            return news.stream()
                    .filter(one -> one.type().equals(type))
                    .map(one -> JSON.readTree(one.json()))
                    .toList();
        }
    }
}
