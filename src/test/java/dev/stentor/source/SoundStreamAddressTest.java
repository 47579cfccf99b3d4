package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stentor.source.SoundStream.State;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Rules for the addresses that a stream may be fetched from, and for answers that are no sound. */
class SoundStreamAddressTest {

    private final StreamServer server = new StreamServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void redirectsAreFollowedWithinTheList() {
        server.serve((request, response) -> request.uri().equals("/allowed/a")
                ? response.sendRedirect("/allowed/b.wav")
                : response.sendByteArray(StreamServer.parts(Wavs.endless(24_000), 8_000)));
        SoundStream stream = server.streams("/allowed/").open(server.at("/allowed/a"), () -> false, false);
        assertThat(StreamServer.played(stream)).isEqualTo(24_000);
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aRedirectOutOfTheListIsRefused() {
        server.serve((request, response) -> response.sendRedirect("/elsewhere/b.wav"));
        SoundStream stream = server.streams("/allowed/").open(server.at("/allowed/a"), () -> true, false);
        Awaitility.await().until(() -> stream.status().state() == State.FAILED);
        assertThat(stream.status().problem()).contains("not allowed");
        assertThat(server.calls()).isEqualTo(1);
        assertThat(server.refused()).isEqualTo(1);
    }

    @Test
    void redirectsWithoutEndAreGivenUp() {
        server.serve((request, response) -> response.sendRedirect("/a.wav"));
        SoundStream stream = server.streams().open(server.at("/a.wav"), () -> true, false);
        Awaitility.await().until(() -> stream.status().state() == State.FAILED);
        assertThat(server.calls()).isEqualTo(6);
    }

    /** Checks a name that is allowed but resolves to this machine, as in an attack by DNS rebinding. */
    @Test
    void anAddressOfAPrivateNetworkIsRefusedThoughItsNameIsAllowed() {
        for (String host : List.of("127.0.0.1", "localhost")) {
            int before = server.refused();
            var rules = new StreamRules(List.of(URI.create("http://" + host + ":" + server.port())), Set.of());
            SoundStream stream = new SoundStreams(rules, server.settings(), server.stats(), Schedulers.parallel())
                    .open(URI.create("http://" + host + ":" + server.port() + "/a.wav"), () -> true, false);
            Awaitility.await().until(() -> stream.status().state() == State.FAILED);
            assertThat(stream.status().problem()).contains("private network");
            assertThat(server.refused()).isEqualTo(before + 1);
            assertThat(server.calls()).isZero();
        }
    }

    @Test
    void whatIsNotOnTheListIsRefusedAtOnce() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> server.streams("/allowed/").open(server.at("/other"), () -> true, false))
                .withMessageContaining("gateway.sources.allow");
    }

    @Test
    void whatIsNoSoundOrNotThereFailsForGoodAndSaysWhy() {
        server.serve((request, response) -> switch (request.uri()) {
            case "/missing" -> response.sendNotFound();
            case "/300k.wav" -> response.sendByteArray(Mono.just(tooFast()));
            default -> response.sendString(Mono.just("<html>no sound here at all</html>"));
        });
        assertFails("/missing", "404");
        assertFails("/300k.wav", "300000");
        assertFails("/page", "WAV and Ogg-Opus are taken");
    }

    private void assertFails(String path, String words) {
        SoundStream stream = server.streams().open(server.at(path), () -> true, false);
        Awaitility.await().until(() -> stream.status().state() == State.FAILED);
        assertThat(stream.status().problem()).contains(words);
        stream.close();
    }

    private static byte[] tooFast() {
        byte[] wav = Wavs.endless(100);
        wav[24] = (byte) 0xE0; // 300,000
        wav[25] = (byte) 0x93;
        wav[26] = 4;
        return wav;
    }
}
