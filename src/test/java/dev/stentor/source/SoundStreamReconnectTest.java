package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.mix.Input;
import dev.stentor.source.SoundStream.State;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rules for streams that break off, stall or are not there: when they are fetched again. */
class SoundStreamReconnectTest {

    private final StreamServer server = new StreamServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStreamThatBreaksOffIsFetchedAgain() {
        server.serve((request, response) -> response.sendByteArray(StreamServer.parts(Wavs.endless(24_000), 8_000)));
        SoundStream stream = server.streams().open(server.at("/a.wav"), () -> true, false);
        Awaitility.await().until(() -> server.calls() >= 3 && stream.status().reconnects() >= 2);
        stream.close();
        int before = server.calls();
        Awaitility.await().during(Duration.ofMillis(200)).until(() -> server.calls() <= before + 1);
    }

    @Test
    void aStreamThatIsNotToGoOnEndsWhereItBreaksOffNext() {
        server.serve((request, response) -> response.sendByteArray(StreamServer.parts(Wavs.endless(24_000), 8_000)));
        var goesOn = new AtomicBoolean(true);
        SoundStream stream = server.streams().open(server.at("/a.wav"), goesOn::get, false);
        Awaitility.await().until(() -> stream.status().reconnects() >= 1);
        goesOn.set(false);
        float[] frame = new float[480];
        Awaitility.await().until(() -> {
            var _ = stream.read(frame); // as a mixer does: nothing more is fetched into a full buffer
            return stream.status().state() == State.ENDED;
        });
        stream.close();
    }

    @Test
    void aStreamThatStallsIsCountedAndFetchedAgainAndSilentMeanwhile() {
        server.stallAfter(Duration.ofMillis(150));
        server.serve((request, response) -> response.send(
                Flux.just(Unpooled.wrappedBuffer(Wavs.endless(2_400))).concatWith(Mono.never()), _ -> true));
        SoundStream stream = server.streams().open(server.at("/a.wav"), () -> true, false);
        Awaitility.await().until(() -> stream.status().stalls() >= 2);
        assertThat(server.stalled()).isGreaterThanOrEqualTo(2);
        assertThat(stream.status().problem()).isEqualTo("The stream gave nothing for too long.");
        float[] frame = new float[480];
        assertThat(stream.read(frame)).isNotEqualTo(Input.Given.END);
        stream.close();
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() {
        URI address = server.at("/a.wav");
        server.close();
        SoundStream stream = server.streams().open(address, () -> true, false);
        Awaitility.await().until(() -> stream.status().reconnects() >= 2);
        assertThat(stream.status().state()).isEqualTo(State.WAITING);
        stream.close();
    }
}
