package dev.stentor.speech.openai;

import static dev.stentor.speech.openai.Wire.SOUND;
import static dev.stentor.speech.openai.Wire.hear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.Heard;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Complete answers, in every form that servers send. */
class OpenAiSoundTest {

    private static final String DONE =
            "{\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}";

    @Test
    void openAiSendsBarePcmInChunks() throws IOException {
        Heard heard = hear(Wire.chunked("audio/pcm")
                + Wire.chunk(Wire.text(Arrays.copyOf(SOUND, 1_000)))
                + Wire.chunk(Wire.text(Arrays.copyOfRange(SOUND, 1_000, SOUND.length)))
                + Wire.lastChunk());
        sameSound(heard);
        assertThat(heard.receipt()).isEqualTo(new Receipt("our-id", 2_400, 24, Receipt.Ending.COMPLETE, null));
    }

    @Test
    void aRequestIdOfTheServersIsTaken() throws IOException {
        Heard heard = hear(Wire.answer(200, "audio/pcm", Wire.text(SOUND), "x-request-id: req_7\r\n"));
        assertThat(heard.receipt()).isNotNull().extracting(Receipt::requestId).isEqualTo("req_7");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "audio/pcm",
                "Audio/PCM; rate=24000",
                "audio/L16; rate=24000; channels=1",
                "audio/L16;codec=pcm;rate=\"24000\"",
                "audio/pcm;sample_rate=24000",
                "application/octet-stream",
                "audio/wav",
                "audio/x-wav"
            })
    void theContentTypesOfSoundAreTaken(String type) throws IOException {
        sameSound(hear(Wire.answer(type, SOUND)));
    }

    @Test
    void openedaiSpeechTellsItsRateInTheContentType() throws IOException {
        Heard heard = hear(Wire.answer("audio/pcm;rate=22050", new byte[4_410]));
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).hasSize(4_800);
    }

    @Test
    void twoChannelsBecomeOne() throws IOException {
        byte[] twice = new byte[2 * SOUND.length];
        for (int i = 0; i < SOUND.length; i += 2) {
            twice[2 * i] = twice[2 * i + 2] = SOUND[i];
            twice[2 * i + 1] = twice[2 * i + 3] = SOUND[i + 1];
        }
        sameSound(hear(Wire.answer("audio/L16; rate=24000; channels=2", twice)));
        sameSound(hear(Wire.answer("audio/wav", Wire.wav(24_000, 2, twice))));
    }

    @Test
    void localAiSendsAWavAlthoughPcmWasAskedFor() throws IOException {
        sameSound(hear(Wire.answer("audio/wav", Wire.wav(24_000, 1, SOUND))));
    }

    @Test
    void theRateOfAWavHeaderWins() throws IOException {
        sameSound(hear(Wire.answer("audio/pcm;rate=16000", Wire.wav(24_000, 1, SOUND))));
        Heard heard = hear(Wire.answer("audio/wav", Wire.wav(16_000, 1, new byte[3_200])));
        assertThat(heard.audio()).hasSize(4_800);
    }

    @Test
    void kokoroSplitsSamplesBetweenChunks() throws IOException {
        var body = new StringBuilder(Wire.chunked("audio/pcm"));
        for (int from = 0; from < SOUND.length; from += 333) {
            body.append(Wire.chunk(Wire.text(Arrays.copyOfRange(SOUND, from, Math.min(SOUND.length, from + 333)))));
        }
        sameSound(hear(body + Wire.lastChunk()));
    }

    @Test
    void aBodyWithoutLengthEndsWithItsConnection() throws IOException {
        sameSound(hear(Wire.head(200, "audio/pcm", "Connection: close\r\n") + Wire.text(SOUND)));
    }

    @Test
    void vllmOmniNamesItsEvents() throws IOException {
        byte[] first = Arrays.copyOf(SOUND, 1_001);
        byte[] rest = Arrays.copyOfRange(SOUND, 1_001, SOUND.length);
        sameSound(hear(Wire.events("event: speech.audio.delta\ndata: "
                + Wire.delta(first).replace("}", ",\"response_format\":\"pcm\"}") + "\n\n"
                + "event: speech.audio.delta\ndata: " + Wire.delta(rest) + "\n\n"
                + "event: speech.audio.done\ndata: " + DONE + "\n\n")));
    }

    @Test
    void speachesSendsDataLinesOnly() throws IOException {
        sameSound(hear(Wire.events("data: " + Wire.delta(SOUND) + "\n\ndata: "
                + "{\"type\":\"speech.audio.done\",\"token_usage\":{\"input_tokens\":0}}\n\n")));
    }

    @Test
    void aNameBeforeTheDataIsEnough() throws IOException {
        sameSound(hear(Wire.events("event: speech.audio.delta\ndata: "
                + Wire.delta(SOUND).replace("\"type\":\"speech.audio.delta\",", "")
                + "\n\nevent: speech.audio.done\ndata: {}\n\n")));
    }

    @Test
    void aSentinelIsTolerated() throws IOException {
        sameSound(hear(Wire.events("data: " + Wire.delta(SOUND) + "\n\ndata: [DONE]\n\n")));
        sameSound(hear(Wire.events("data: " + Wire.delta(SOUND) + "\n\ndata: " + DONE + "\n\ndata: [DONE]\n\n")));
    }

    @Test
    void eventsMayCarryAWav() throws IOException {
        byte[] wav = Wire.wav(24_000, 1, SOUND);
        sameSound(hear(Wire.events("data: " + Wire.delta(Arrays.copyOf(wav, 30)) + "\n\ndata: "
                + Wire.delta(Arrays.copyOfRange(wav, 30, wav.length)) + "\n\ndata: " + DONE + "\n\n")));
    }

    @Test
    void eventsOfOtherKindsAreNotSound() throws IOException {
        sameSound(hear(Wire.events(": ping\n\ndata: {\"type\":\"speech.audio.progress\"}\n\ndata: " + Wire.delta(SOUND)
                + "\n\ndata: " + DONE + "\n\n")));
    }

    @Test
    void whatComesAfterDoneDoesNotMatter() throws IOException {
        String complete = Wire.chunked("text/event-stream")
                + Wire.chunk("data: " + Wire.delta(SOUND) + "\n\ndata: " + DONE + "\n\n");
        for (String more : List.of("", Wire.chunk("data: oops\n\n"), "zz\r\n")) {
            sameSound(hear(complete + more));
        }
        sameSound(hear(connection -> {
            connection.readRequest();
            connection.write(Wire.bytes(complete));
            connection.awaitClosed();
        }));
    }

    private static void sameSound(Heard heard) {
        assertThat(heard.failure()).isEqualTo((SpeechFailure) null);
        assertThat(heard.audio()).isEqualTo(SOUND);
    }
}
