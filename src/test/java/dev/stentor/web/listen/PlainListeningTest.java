package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.PcmResampler;
import dev.stentor.codec.OggFile;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestListener;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class PlainListeningTest extends Listening {

    @Test
    void plainHttpGivesAnEndlessWav() throws Exception {
        HttpResponse<InputStream> response = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/audio.wav?silence=off"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-type")).contains("audio/wav");
        try (InputStream body = response.body()) {
            assertThat(new String(body.readNBytes(44), 0, 4, StandardCharsets.US_ASCII))
                    .isEqualTo("RIFF");
            awaitListeners("lobby", 1);
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            assertThat(body.readNBytes(SOUND.length)).isEqualTo(SOUND);
        }
        awaitListeners("lobby", 0);
        assertThat(gateway.broadcasts().connections()).isZero();
    }

    @Test
    void plainHttpGivesAnEndlessOggToo() throws Exception {
        HttpResponse<InputStream> response = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/audio.ogg?silence=off"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-type")).contains("audio/ogg");
        try (InputStream body = response.body()) {
            var file = new ByteArrayOutputStream();
            readPage(body, file);
            readPage(body, file);
            awaitListeners("lobby", 1);
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            while (OggFile.read(file.toByteArray()).packets().size() < 26) {
                readPage(body, file);
            }
            OggFile read = OggFile.read(file.toByteArray());
            assertThat(read.preSkip()).isEqualTo(312);
            assertThat(read.packets()).hasSize(26);
            assertThat(read.decoded()).hasSize(26 * 480 - 156);
        }
        awaitListeners("lobby", 0);
        assertThat(gateway.broadcasts().connections()).isZero();
    }

    private static void readPage(InputStream from, ByteArrayOutputStream to) throws Exception {
        byte[] head = from.readNBytes(27);
        byte[] segments = from.readNBytes(head[26] & 0xFF);
        int length = 0;
        for (byte segment : segments) {
            length += segment & 0xFF;
        }
        to.writeBytes(head);
        to.writeBytes(segments);
        to.writeBytes(from.readNBytes(length));
    }

    @Test
    void theOggHasTheLimitsOfTheWav() throws Exception {
        String ogg = "/v1/channels/lobby/audio.ogg";
        HttpResponse<Void> head = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(ogg))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).contains("audio/ogg");
        HttpResponse<String> foreign = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(ogg))
                        .header("Sec-Fetch-Site", "cross-site")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(get(ogg + "?silence=maybe").statusCode()).isEqualTo(400);
        assertThat(gateway.broadcasts().connections()).isZero();
    }

    @Test
    void aPlayerMayAskBeforeItOpensTheStream() throws Exception {
        HttpResponse<Void> head = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/audio.wav"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).contains("audio/wav");
        assertThat(gateway.channels().all()).isEmpty();
    }

    @Test
    void aForeignPageMayNotEmbedTheStream() throws Exception {
        HttpResponse<String> foreign = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/audio.wav"))
                        .header("Sec-Fetch-Site", "cross-site")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(foreign.statusCode()).isEqualTo(403);
    }

    @Test
    void silenceFlowsInAnIdleWav() throws Exception {
        HttpResponse<InputStream> response = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/audio.wav"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] start = body.readNBytes(44 + 10 * 960);
            assertThat(Arrays.copyOfRange(start, 44, start.length)).containsOnly(0);
        }
    }

    @Test
    void withoutASubprotocolMessagesHoldSoundAndNothingElse() throws Exception {
        try (TestListener bare = TestListener.bare(listen("lobby"))) {
            awaitListeners("lobby", 1);
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            var sound = new ByteArrayOutputStream();
            while (sound.size() < SOUND.length) {
                sound.writeBytes(bare.await(message -> true).bytes().array());
            }
            assertThat(sound.toByteArray()).isEqualTo(SOUND);
        }
        assertThat(refused("/v1/channels/lobby/listen?rate=44100", "", "").code())
                .isEqualTo(4400);
    }

    @ParameterizedTest(name = "{0} Hz")
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void bareListenersHearAllOfASoundAtTheRateTheyAskFor(int rateHz) throws Exception {
        byte[] expected = resampled(rateHz, SOUND);
        URI address = gateway.webSocket("/v1/channels/lobby/listen?rate=" + rateHz);
        try (TestListener bare = TestListener.bare(address)) {
            awaitListeners("lobby", 1);
            var _ = speak("lobby", "{\"text\":\"Hello.\"}");
            var sound = new ByteArrayOutputStream();
            while (sound.size() < expected.length) {
                sound.writeBytes(bare.await(message -> true).bytes().array());
            }
            assertThat(sound.toByteArray()).isEqualTo(expected);
        }
    }

    /** Resamples a sound, without its tail, for which more sound would be needed. */
    private static byte[] resampled(int rateHz, byte[] sound) {
        ByteBuffer out = new PcmResampler(PcmFormat.SPEECH, rateHz).resample(ByteBuffer.wrap(sound));
        byte[] bytes = new byte[out.remaining()];
        out.get(bytes);
        return bytes;
    }

    @ParameterizedTest(name = "{0} Hz")
    @ValueSource(ints = {8_000, 16_000, 24_000, 48_000})
    void noSampleIsLostOrDriftsAtAnyRate(int rateHz) {
        Flux<ByteBuffer> minute =
                Flux.range(0, 3_000).map(frame -> ByteBuffer.wrap(Signals.selfIndexing(frame * 480L, 480)));
        long samples = PlainListening.atRate(rateHz, minute)
                .toStream()
                .mapToLong(buffer -> buffer.remaining() / 2)
                .sum();
        assertThat(samples).isEqualTo(60L * rateHz);
    }
}
