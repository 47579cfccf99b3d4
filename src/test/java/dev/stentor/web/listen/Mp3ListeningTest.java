package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.codec.Mp3Decoding;
import dev.stentor.speech.reading.LongText;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The endless MP3 of a channel over a real socket, as radios hear it. */
class Mp3ListeningTest extends Listening {

    private static final String MP3 = "/v1/channels/lobby/audio.mp3";
    private static final int FRAME_BYTES = 192;
    private static final int INTERVAL = 3_840;

    @Test
    void plainHttpGivesAnEndlessMp3() throws Exception {
        HttpResponse<InputStream> response = open(request(MP3));
        assertThat(response.headers().firstValue("content-type")).contains("audio/mpeg");
        assertThat(response.headers().firstValue("icy-metaint")).isEmpty();
        try (InputStream body = response.body()) {
            byte[] frames = body.readNBytes(20 * FRAME_BYTES);
            assertThat(Mp3Decoding.of(frames)).hasSize(20 * 576);
        }
        awaitListeners("lobby", 0);
        assertThat(gateway.broadcasts().connections()).isZero();
    }

    @Test
    void aRadioThatAsksForTitlesGetsTheCaptions() throws Exception {
        gateway.close();
        gateway = new TestGateway(
                new LongText( // which tells where sentences begin
                        ScriptedEngine.speaking(SOUND, 4_800),
                        _ -> TextLimit.characters(500),
                        0,
                        LongText.Recorder.NONE,
                        SoundBound.STANDARD,
                        () -> {}));
        HttpResponse<InputStream> response = open(request(MP3).header("Icy-MetaData", "1"));
        assertThat(response.headers().firstValue("icy-metaint")).contains(Integer.toString(INTERVAL));
        awaitListeners("lobby", 1);
        try (InputStream body = response.body()) {
            String title = "";
            for (int i = 0; i < 100 && title.isEmpty(); i++) {
                if (i % 10 == 0) {
                    var _ = speak("lobby", "{\"text\":\"Hello.\"}");
                }
                byte[] sound = body.readNBytes(INTERVAL);
                assertThat(Mp3Decoding.of(sound)).hasSize(20 * 576);
                title = new String(body.readNBytes(16 * body.read()), UTF_8).replace("\0", "");
            }
            assertThat(title).isEqualTo("StreamTitle='Hello.';");
        }
    }

    @Test
    void theMp3HasTheLimitsOfTheWav() throws Exception {
        HttpResponse<Void> head = TestListener.HTTP.send(
                request(MP3)
                        .header("Icy-MetaData", "1")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).contains("audio/mpeg");
        assertThat(head.headers().firstValue("icy-metaint")).contains(Integer.toString(INTERVAL));
        assertThat(gateway.channels().all()).isEmpty();
        HttpResponse<String> foreign = TestListener.HTTP.send(
                request(MP3).header("Sec-Fetch-Site", "cross-site").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(get(MP3 + "?silence=maybe").statusCode()).isEqualTo(400);
        assertThat(gateway.broadcasts().connections()).isZero();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.http(path));
    }

    private static HttpResponse<InputStream> open(HttpRequest.Builder request) throws Exception {
        return TestListener.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}
