package dev.stentor.speech.dashscope;

import static dev.stentor.speech.dashscope.Stage.hear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Answers that end without saying that they are complete, and events after an answer that said so. */
class DashScopeTruncationTest {

    private static final byte[] SOUND = Wire.SOUND;
    private static final byte[] BOTH = Wire.BOTH;
    private static final String NORMAL = Wire.NORMAL;

    @Test
    void aReset() throws IOException {
        var heardTheFirst = new CountDownLatch(1);
        ScriptedServer.Script script = connection -> {
            connection.readRequest();
            connection.write(Wire.chunked() + Wire.chunk(Wire.result(Wire.sound(SOUND))));
            await(heardTheFirst);
            connection.reset();
        };
        truncated(hear(script, heardTheFirst::countDown), SOUND);
    }

    @Test
    void anHttpChunkThatIsCutOff() throws IOException {
        String chunk = Wire.chunk(NORMAL);
        truncated(hear(Wire.chunked() + chunk.substring(0, chunk.indexOf("\n\n") + 20)), SOUND);
    }

    @Test
    void theLastHttpChunkIsMissing() throws IOException {
        truncated(hear(Wire.chunked() + Wire.chunk(Wire.result(Wire.sound(SOUND)))), SOUND);
    }

    @Test
    void aBodyWithoutLengthThatIsCutOff() throws IOException {
        truncated(
                hear(Wire.head(200, "text/event-stream", "") + NORMAL.substring(0, NORMAL.indexOf("\n\n") + 20)),
                SOUND);
    }

    @Test
    void aCleanEndThatComesTooEarly() throws IOException {
        truncated(hear(Wire.stream(Wire.result(Wire.sound(SOUND)))), SOUND);
        truncated(hear(Wire.stream("")), new byte[0]);
    }

    @Test
    void aStopWithoutItsBlankLineIsNoStop() throws IOException {
        truncated(hear(Wire.stream(NORMAL.substring(0, NORMAL.length() - 1))), BOTH);
    }

    @Test
    void aSentinelIsNoStop() throws IOException {
        truncated(hear(Wire.stream(Wire.result(Wire.sound(SOUND)) + "data:[DONE]\n\n")), SOUND);
    }

    @Test
    void aConnectionThatBreaksAfterTheStop() throws IOException {
        complete(Wire.chunked() + Wire.chunk(NORMAL));
    }

    @Test
    void aBodyThatGoesOnAfterTheStop() throws IOException {
        ScriptedServer.Script script = connection -> {
            connection.readRequest();
            connection.write(Wire.chunked() + Wire.chunk(NORMAL));
            connection.awaitClosed();
        };
        assertThat(hear(script, () -> {}).audio()).isEqualTo(BOTH);
    }

    private static void complete(String answer) throws IOException {
        Heard heard = hear(answer);
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).isEqualTo(BOTH);
    }

    private static void truncated(Heard heard, byte[] before) {
        assertThat(heard.audio()).isEqualTo(before);
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        SpeechFailure.Truncated.class,
                        cut -> assertThat(cut.samples()).isEqualTo(before.length / 2));
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
