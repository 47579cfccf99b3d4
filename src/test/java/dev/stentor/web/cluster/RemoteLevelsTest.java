package dev.stentor.web.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.MixLevels;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.usage.Account;
import dev.stentor.web.TestGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The loudness of a channel that another node has, which answers when the test says so. */
class RemoteLevelsTest {

    private static final ChannelName LOBBY = new ChannelName("lobby");
    private static final ClusterNode OWNER = new ClusterNode("owner", "http://owner");
    private static final MixLevels LOUD =
            new MixLevels(1, -6, -20, List.of(new MixLevels.SourceLoudness("bed", -6, -20)));
    private static final MixLevels SILENT = new MixLevels(2, -120, -120, List.of());

    private final TestGateway gateway =
            new TestGateway(ScriptedEngine.speaking(new byte[SpeechTime.FRAME_BYTES], SpeechTime.FRAME_BYTES));
    private final AtomicLong millis = new AtomicLong(5_000);
    private final Queue<Sinks.One<MixLevels>> questions = new ArrayDeque<>();
    private Mono<ClusterNode> node = Mono.just(OWNER);
    private final RemoteLevels levels =
            new RemoteLevels(gateway.channels(), _ -> node, this::ask, () -> millis.get() * 1_000);

    @AfterEach
    void end() {
        gateway.close();
    }

    private Mono<MixLevels> ask(ClusterNode owner, ChannelName channel) {
        assertThat(owner).isEqualTo(OWNER);
        assertThat(channel.value()).isIn("lobby", "attic");
        Sinks.One<MixLevels> answer = Sinks.one();
        questions.add(answer);
        return answer.asMono();
    }

    /** Looks, and lets the node answer what it is asked by that. */
    private void tell(MixLevels answer) {
        var _ = levels.of(LOBBY);
        assertThat(questions).hasSize(1);
        questions.remove().emitValue(answer, Sinks.EmitFailureHandler.FAIL_FAST);
        assertThat(levels.of(LOBBY)).isEqualTo(answer);
    }

    private void assertThatNobodyIsAskedFor(int time) {
        for (int i = 0; i < time; i++) {
            var _ = levels.of(LOBBY);
            assertThat(questions).isEmpty();
            millis.incrementAndGet();
        }
    }

    @Test
    void nothingIsKnownBeforeTheFirstAnswerAndOnlyOneQuestionIsOnItsWay() {
        for (int i = 0; i < 50; i++) {
            assertThat(levels.of(LOBBY)).isNull();
        }
        assertThat(questions).hasSize(1);
    }

    @Test
    void aMixIsAskedForTenTimesASecondHoweverManyLook() {
        tell(LOUD);
        assertThatNobodyIsAskedFor(100);
        tell(new MixLevels(7, -3, -9, LOUD.sources()));
    }

    @Test
    void whereThereIsNoMixOnceASecondIsEnough() {
        tell(SILENT);
        assertThatNobodyIsAskedFor(1_000);
        tell(LOUD);
    }

    @Test
    void whatWasToldLastIsKnownWhileTheNodeFailsAndItIsAskedAgainAfterASecond() {
        tell(LOUD);
        millis.addAndGet(100);
        var _ = levels.of(LOBBY);
        questions.remove().emitError(new IOException("thrown by the test"), Sinks.EmitFailureHandler.FAIL_FAST);
        assertThat(levels.of(LOBBY)).isEqualTo(LOUD);
        assertThatNobodyIsAskedFor(1_000);
        tell(SILENT);
    }

    @Test
    void whatNobodyLookedAtForLongIsForgotten() {
        tell(LOUD);
        millis.addAndGet(20_000);
        var _ = levels.of(new ChannelName("attic"));
        questions.clear();
        assertThat(levels.of(LOBBY)).isNull();
    }

    @Test
    void aChannelWhoseNodeCannotBeToldIsSilent() {
        node = Mono.error(ChannelException::unreachable);
        assertThat(levels.of(LOBBY)).isNull();
        node = Mono.empty();
        millis.addAndGet(1_000);
        assertThat(levels.of(LOBBY)).isNull();
        assertThat(questions).isEmpty();
    }

    @Test
    void aChannelOfThisNodeIsNotAskedForElsewhere() {
        var _ = gateway.channels().open(LOBBY, true, Account.NONE).block(Duration.ofSeconds(10));
        assertThat(Objects.requireNonNull(levels.of(LOBBY)).sources()).isEmpty();
        assertThat(questions).isEmpty();
    }
}
