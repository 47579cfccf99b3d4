package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.MixLevels;
import dev.stentor.clock.VirtualClock;
import dev.stentor.usage.Account;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A channel of another node that is there, but of which nothing can be heard. */
class UnheardChannelTest {

    private final ListenServer server =
            new ListenServer(new VirtualClock(), broadcasts -> broadcasts, (_, _) -> new Unheard());

    private static final class Unheard implements Hearing {
        @Override
        public Mono<Boolean> isThere(ChannelName name, boolean make) {
            return Mono.just(true);
        }

        @Override
        public Mono<Broadcast> open(ChannelName name, boolean make, Account owner) {
            return Mono.empty();
        }

        @Override
        public Supplier<@Nullable MixLevels> levels(ChannelName name) {
            return () -> null;
        }
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aListenerIsToldSoInsteadOfWaitingForEver() throws Exception {
        try (TestListener listener = TestListener.connect(server.address("ws", "listen"))) {
            listener.say("{\"t\":\"hello\",\"v\":1}");
            assertThat(listener.await("error").path("code").asString()).isEqualTo("channel_unreachable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wav", "ogg", "mp3"})
    void aPlainClientIsRefusedAndItsPlaceIsFreeAgain(String form) throws Exception {
        var answer = TestListener.HTTP.send(
                HttpRequest.newBuilder(server.address("http", "audio." + form)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(server.broadcasts().connections()).isZero());
    }
}
