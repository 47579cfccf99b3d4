package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.usage.Account;
import dev.stentor.web.TestGateway;
import dev.stentor.web.edge.RemoteCommands;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RemoteSpeechTest {

    private static final JsonNode SAY = new JsonMapper().readTree("{\"t\":\"say\",\"text\":\"Good evening.\"}");

    private final TestGateway gateway = new TestGateway(ScriptedEngine.speaking(new byte[0], 1));

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void aChannelThatMayNotBeMadeHereIsSpokenOnWhereItIs() {
        assertThat(speak(notMade(), new There(true)).block(Duration.ofSeconds(10)))
                .isEqualTo("there");
    }

    @Test
    void aChannelThatNobodyHasIsRefusedAsHere() {
        StepVerifier.create(speak(notMade(), new There(false)))
                .verifyErrorSatisfies(RemoteSpeechTest::assertThatThereIsNoSuchChannel);
    }

    @Test
    void whatIsRefusedHereForAnotherReasonIsNotAskedElsewhere() {
        Mono<String> refused = Mono.error(ChannelException::unreachable);
        StepVerifier.create(speak(refused, new There(true))).verifyError(ChannelException.class);
    }

    private static void assertThatThereIsNoSuchChannel(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        failed -> assertThat(failed.refusal().kind()).isEqualTo(ChannelRefusal.Kind.NO_SUCH_CHANNEL));
    }

    private Mono<String> notMade() {
        return gateway.channels()
                .open(new ChannelName("lobby"), false, Account.NONE)
                .map(_ -> "here");
    }

    private static Mono<String> speak(Mono<String> here, RemoteCommands there) {
        return new RemoteSpeech(there).speak(here, SAY, false);
    }

    /** Commands at another node, which has the channel or not. */
    private record There(boolean has) implements RemoteCommands {

        @Override
        public Mono<Boolean> isElsewhere() {
            return Mono.just(has);
        }

        @Override
        public Mono<String> speak(JsonNode body) {
            return Mono.just("there");
        }

        @Override
        public Mono<Void> write(String id, String piece) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> end(String id) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> clear(JsonNode body) {
            return Mono.empty();
        }
    }
}
