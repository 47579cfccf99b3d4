package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.TimedWord;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where a listener begins: at the live edge, in the past, or where its connection broke. */
class JoiningTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet one = new RecordingOutlet();
    private final RecordingOutlet two = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void theWelcomeSaysWhereTheListenerStands() {
        stage.start("u1");
        stage.play(10);
        stage.join(one, loop).ping();
        JsonNode welcome = one.text("welcome");
        assertThat(welcome.path("epoch").asLong()).isEqualTo(Stage.EPOCH);
        assertThat(welcome.path("head_seq").asLong()).isEqualTo(12);
        assertThat(welcome.has("resume")).isFalse();
        assertThat(welcome.path("now")
                        .valueStream()
                        .map(event -> event.path("t").asString()))
                .containsExactly("timeline", "utterance.started");
        assertThat(one.text("stream").path("lead_ms").asInt()).isEqualTo(100);
    }

    @Test
    void whoJoinsInMidSentenceIsToldThatSentenceAtOnce() {
        stage.start("u1");
        stage.release(new Caption("u1", 0, "First.", 0, 6, 1, 3));
        stage.play(10);
        stage.release(new Caption("u1", 4_800, "Second.", 7, 14, 2, 3));
        stage.play(10);
        stage.join(one, loop).ping();
        JsonNode caption =
                one.text("welcome").path("now").valueStream().toList().getLast();
        assertThat(caption.path("text").asString()).isEqualTo("Second.");
        assertThat(caption.path("part").asInt()).isEqualTo(2);
        assertThat(caption.path("parts").asInt()).isEqualTo(3);
    }

    @Test
    void whoJoinsInMidSentenceIsToldItsWordsAtOnceUntilTheNextCaption() {
        var first = new WordsSpoken("u1", 600, List.of(new TimedWord(0, 5, 0, 2_400)));
        stage.start("u1");
        stage.release(new Caption("u1", 0, "First.", 0, 6, 1, 2));
        stage.release(first);
        stage.play(10);
        stage.join(one, loop).ping();
        JsonNode words = one.text("welcome").path("now").valueStream().toList().getLast();
        assertThat(words.path("t").asString()).isEqualTo("words");
        assertThat(words.path("words").toString()).isEqualTo("[[0,5,0,2400]]");
        stage.release(new Caption("u1", 4_800, "Second.", 7, 14, 2, 2));
        stage.play(10);
        stage.join(two, loop).ping();
        assertThat(two.text("welcome")
                        .path("now")
                        .valueStream()
                        .toList()
                        .getLast()
                        .path("t")
                        .asString())
                .isEqualTo("caption");
    }

    @Test
    void aListenerThatResumesGetsTheCaptionsSinceItsLastEntry() {
        Listener first = stage.join(one, loop);
        stage.start("u1");
        stage.release(new Caption("u1", 0, "First.", 0, 6, 1, 2));
        stage.play(30, loop);
        first.leave();
        stage.release(new Caption("u1", 14_400, "Second.", 7, 14, 2, 2));
        stage.play(5, loop);
        stage.join(two, loop, Start.LIVE, new Resume(Stage.EPOCH, 33, null)).ping();
        assertThat(two.text("welcome")
                        .path("now")
                        .valueStream()
                        .toList()
                        .getLast()
                        .path("text")
                        .asString())
                .as("the sentence at the place where it goes on")
                .isEqualTo("First.");
        assertThat(two.text("caption").path("pos").asLong()).isEqualTo(14_400);
    }

    @Test
    void aLiveListenerBeginsWithTheFirstFrameThatIsNotDueYet() {
        stage.start("u1");
        for (int i = 0; i < 6; i++) {
            stage.frame();
        }
        stage.clock.advance(Duration.ofMillis(45));
        stage.join(one, loop).ping();
        assertThat(one.frames()).hasSize(3);
        assertThat(one.seqs().getFirst()).isEqualTo(6);
    }

    @Test
    void aListenerResumesWithoutLossOrRepetition() {
        Listener first = stage.join(one, loop);
        stage.start("u1");
        stage.play(30, loop);
        first.leave();
        stage.play(25, loop);
        stage.join(two, loop, Start.LIVE, new Resume(Stage.EPOCH, 32, null)).ping();
        stage.play(5, loop);
        assertThat(two.text("welcome").at("/resume/status").asString()).isEqualTo("ok");
        assertThat(two.text("replay").path("from_seq").asLong()).isEqualTo(33);
        assertThat(two.seqs()).isEqualTo(LongStream.rangeClosed(33, 62).boxed().toList());
        assertThat(one.sound()).isEqualTo(Signals.selfIndexing(30 * 480));
        assertThat(two.sound()).isEqualTo(Signals.selfIndexing(30 * 480, 30 * 480));
    }

    @Test
    void whoComesBackTooLateIsToldExactlyHowMuchIsMissing() {
        stage.join(one, loop).leave();
        stage.start("u1");
        stage.play(1_500, loop);
        stage.join(two, loop, Start.LIVE, new Resume(Stage.EPOCH, 102, 100L * 480))
                .ping();
        JsonNode resume = two.text("welcome").path("resume");
        assertThat(resume.path("status").asString()).isEqualTo("gap");
        assertThat(resume.path("missing_ms").asLong()).isEqualTo(1_400 * 20);
    }

    @Test
    void anotherEpochIsAFreshStart() {
        stage.start("u1");
        stage.play(10);
        stage.join(one, loop, Start.LIVE, new Resume(3, 5, null)).ping();
        assertThat(one.text("welcome").at("/resume/status").asString()).isEqualTo("fresh");
    }

    @Test
    void joiningAtTheUtteranceOrTheRingBringsThePast() {
        stage.start("u1");
        stage.play(10);
        stage.end("u1");
        stage.start("u2");
        stage.play(10);
        stage.join(one, loop, Start.UTTERANCE, null).ping();
        stage.join(two, loop, Start.RING, null).ping();
        assertThat(one.frames()).hasSize(10);
        assertThat(one.text("utterance.started").path("id").asString()).isEqualTo("u2");
        assertThat(two.frames()).hasSize(20);
        assertThat(two.text("replay").path("from_seq").asLong()).isEqualTo(1);
    }

    @Test
    void theLagPolicyRestsWhileHistoryIsSent() {
        stage.start("u1");
        stage.play(600);
        two.writable = false;
        Listener replaying = stage.join(two, loop, Start.RING, null);
        stage.play(10, loop);
        two.writable = true;
        replaying.writable();
        loop.run();
        assertThat(two.texts("gap")).isEmpty();
        assertThat(two.sound()).isEqualTo(Signals.selfIndexing(610 * 480));
    }

    @Test
    void theSameClientIdReplacesTheOlderConnection() {
        stage.join(one, loop, new JoinRequest("c1", "kiosk-7", Start.LIVE, null, Format.PCM, false))
                .ping();
        stage.join(two, loop, new JoinRequest("c2", "kiosk-7", Start.LIVE, null, Format.PCM, false))
                .ping();
        assertThat(one.closes).containsExactly(CloseReason.REPLACED);
        assertThat(two.closes).isEmpty();
    }
}
