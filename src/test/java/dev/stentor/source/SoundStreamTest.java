package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.mix.Input;
import dev.stentor.source.SoundStream.State;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules for playing a stream: every sample, on demand, in the stream's own format. */
class SoundStreamTest {

    private final StreamServer server = new StreamServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStreamIsPlayedToItsEndWithoutLosingASample() {
        server.serve((request, response) -> response.sendByteArray(StreamServer.parts(Wavs.endless(200_000), 7_001)));
        SoundStream stream = server.streams().open(server.at("/a.wav"), () -> false, false);
        assertThat(StreamServer.played(stream)).isEqualTo(200_000);
        assertThat(stream.status().state()).isEqualTo(State.ENDED);
    }

    /** Checks that the server is read only as fast as the stage plays. */
    @Test
    void demandStopsWhenThereIsNoRoom() {
        AtomicInteger sent = new AtomicInteger();
        server.serve((request, response) -> response.send(
                StreamServer.parts(Wavs.endless(24_000 * 600), 48_000)
                        .doOnNext(_ -> sent.incrementAndGet())
                        .map(Unpooled::wrappedBuffer),
                _ -> true));
        SoundStream stream = server.streams().open(server.at("/a.wav"), () -> false, false);
        Awaitility.await().until(() -> stream.counters().bufferedSamples() > 24_000 * 4);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> sent.get() < 400);
        assertThat(stream.counters().bufferedSamples()).isLessThanOrEqualTo(24_000 * 5);
        stream.close();
    }

    @Test
    void plainSamplesAreReadByTheirMediaType() {
        byte[] big = new byte[2 * 24_000];
        for (int i = 0; i < 24_000; i++) {
            big[2 * i] = 0x12;
            big[2 * i + 1] = 0x34;
        }
        server.serve((request, response) -> response.header("Content-Type", "audio/L16; rate=24000; channels=1")
                .sendByteArray(StreamServer.parts(big, 999)));
        SoundStream stream = server.streams().open(server.at("/a"), () -> false, false);
        float[] frame = firstSound(stream);
        assertThat(frame[200]).isEqualTo(0x1234 / 32_768f);
        stream.close();
    }

    @Test
    void samplesThatAreNoNumbersAreSilencedAndCounted() {
        ByteBuffer wav = ByteBuffer.allocate(44 + 4 * 24_000).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 4 * 24_000);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 3);
        wav.putShort((short) 1)
                .putInt(24_000)
                .putInt(96_000)
                .putShort((short) 4)
                .putShort((short) 32);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * 24_000);
        for (int i = 0; i < 24_000; i++) {
            wav.putFloat(i % 1_000 == 0 ? Float.NaN : 0.1f);
        }
        server.serve((request, response) -> response.sendByteArray(StreamServer.parts(wav.array(), 7_001)));
        SoundStream stream = server.streams().open(server.at("/a.wav"), () -> false, false);
        Awaitility.await().until(() -> stream.status().faultySamples() == 24);
        assertThat(server.faulty()).isEqualTo(24);
        stream.close();
    }

    private static float[] firstSound(Input input) {
        float[] frame = new float[480];
        Awaitility.await().until(() -> input.read(frame) == Input.Given.SOUND);
        return frame;
    }
}
