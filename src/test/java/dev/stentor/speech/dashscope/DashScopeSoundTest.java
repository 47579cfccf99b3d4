package dev.stentor.speech.dashscope;

import static dev.stentor.speech.dashscope.Stage.hear;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

/** Complete answers, in every form that was seen. */
class DashScopeSoundTest {

    private static final byte[] SOUND = Wire.SOUND;
    private static final byte[] MORE = Wire.MORE;
    private static final byte[] BOTH = Wire.BOTH;
    private static final String NORMAL = Wire.NORMAL;
    private static final WholeFile FILE =
            new WholeFile.AtService(URI.create(Wire.URL), Instant.ofEpochSecond(1_758_187_426));

    @Test
    void aNormalAnswer() throws IOException {
        Heard heard = hear(Wire.stream(NORMAL));
        assertThat(heard.audio()).isEqualTo(BOTH);
        assertThat(heard.receipt())
                .isEqualTo(new Receipt(
                        Wire.REQUEST_ID,
                        720,
                        56,
                        Receipt.Ending.COMPLETE,
                        new WholeFile.AtService(URI.create(Wire.URL), Instant.ofEpochSecond(1_758_187_426))));
    }

    @Test
    void dataLinesOnly() throws IOException {
        complete(Wire.stream("data:" + Wire.sound(BOTH) + "\n\ndata:" + Wire.STOP + "\n\n"));
    }

    @Test
    void theSmallestAnswerThatTheOfficialClientTakes() throws IOException {
        Heard heard = hear(Wire.stream("""
                data:{"output":{"audio":{"data":"AQACAAMABAA="},"finish_reason":"null"}}

                data:{"output":{"finish_reason":"stop"}}

                """));
        assertThat(heard.audio()).containsExactly(1, 0, 2, 0, 3, 0, 4, 0);
        assertThat(heard.receipt()).isEqualTo(new Receipt("", 4, 9, Receipt.Ending.COMPLETE, null));
    }

    @Test
    void carriageReturnsAndLineFeeds() throws IOException {
        complete(Wire.stream(NORMAL.replace("\n", "\r\n")));
        complete(Wire.stream(NORMAL.replace("\n", "\r")));
    }

    @Test
    void commentsBetweenEvents() throws IOException {
        complete(Wire.stream(": ping\n\n" + NORMAL.replace("id:1\n", ": ping\n\n:\nid:1\n")));
    }

    @Test
    void dataOnManyLines() throws IOException {
        complete(Wire.stream(NORMAL.replace(",\"", ",\ndata: \"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"finish_reason\":\"null\"", "\"finish_reason\":null", "\"other\":1", "\"finish_reason\":\"\""})
    void everyWayToSayThatItGoesOn(String running) throws IOException {
        complete(Wire.stream(NORMAL.replace("\"finish_reason\":\"null\"", running)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"url\":null,", "\"url\":\"\",", ""})
    void everyWayToSayThatThereIsNoFileYet(String noFile) throws IOException {
        Heard heard = hear(Wire.stream(NORMAL.replace("\"id\":", noFile + "\"id\":")
                .replace("\"url\":\"" + Wire.URL + "\"," + noFile, "\"url\":\"" + Wire.URL + "\",")));
        assertThat(heard.receipt()).extracting(Receipt::file).isEqualTo(FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"data\":null,", "\"data\":\"\",", ""})
    void everyWayToSayThatThereIsNoSound(String noSound) throws IOException {
        complete(Wire.stream(
                Wire.result(Wire.STOP.replace("\"data\":\"\",", noSound).replace("stop", "null"))
                        + NORMAL.replace("\"data\":\"\",", noSound)));
    }

    @Test
    void membersThatNobodyKnows() throws IOException {
        complete(Wire.stream(
                NORMAL.replace("\"output\":{", "\"status_code\":200,\"code\":\"\",\"output\":{\"text\":null,")));
    }

    @Test
    void anAddressThatIsNone() throws IOException {
        Heard heard = hear(Wire.stream(NORMAL.replace(Wire.URL, "no address")));
        assertThat(heard.receipt()).isEqualTo(new Receipt(Wire.REQUEST_ID, 720, 56, Receipt.Ending.COMPLETE, null));
    }

    @Test
    void aReceiptWithoutUsageCountsHanCharactersTwice() throws IOException {
        try (var server = ScriptedServer.answering(Wire.stream(NORMAL.replace("\"usage\":{\"characters\":56},", "")));
                var engine = Stage.engine(server.baseUrl(), Schedulers.parallel())) {
            Heard heard = Heard.of(engine.speak(SpeechRequest.of("a\u6587\uFF0C\uD840\uDC00b")), () -> {});
            assertThat(heard.receipt()).extracting(Receipt::characters).isEqualTo(7L);
        }
    }

    @Test
    void theRequestIdOfTheHeader() throws IOException {
        Heard heard = hear(Wire.head(200, "text/event-stream", "x-request-id: from-header\r\nConnection: close\r\n")
                + NORMAL.replace("request_id", "unknown"));
        assertThat(heard.receipt()).extracting(Receipt::requestId).isEqualTo("from-header");
    }

    @Test
    void anAnswerWithoutContentType() throws IOException {
        complete("HTTP/1.1 200 OK\r\n\r\n" + NORMAL);
    }

    @Test
    void theSentinelOfAnotherApi() throws IOException {
        complete(Wire.stream("event:result\ndata:[DONE]\n\n" + NORMAL + "data: [DONE]\n\nevent:done\ndata:{}\n\n"));
        complete(Wire.stream("event:done\ndata:x\n\nevent:ping\ndata:x\n\n" + NORMAL));
    }

    @Test
    void aHeaderOfAWavFileBeforeTheSound() throws IOException {
        String header = "RIFF\u00BF\u00FF\u00FF\u007FWAVEfmt \20\0\0\0\1\0\1\0\300]\0\0\200\273\0\0\2\0\20\0"
                + "data\u009B\u00FF\u00FF\u007F";
        byte[] file = (header + new String(SOUND, ISO_8859_1)).getBytes(ISO_8859_1);
        for (int cut : new int[] {1, 5, 43, 44, 45, 100}) {
            complete(Wire.stream(Wire.result(Wire.sound(Arrays.copyOf(file, cut)))
                    + Wire.result(Wire.sound(Arrays.copyOfRange(file, cut, file.length)))
                    + Wire.result(Wire.sound(MORE))
                    + Wire.result(Wire.STOP)));
        }
    }

    @Test
    void aSoundSoShortThatItCouldBeAHeader() throws IOException {
        Heard heard = hear(Wire.stream(Wire.result(Wire.sound("RIFF".getBytes(UTF_8))) + Wire.result(Wire.STOP)));
        assertThat(heard.audio()).isEqualTo("RIFF".getBytes(UTF_8));
    }

    @Test
    void buffersOfOddLength() throws IOException {
        var events = new StringBuilder();
        for (int from = 0; from < BOTH.length; from += 7) {
            events.append(Wire.result(Wire.sound(Arrays.copyOfRange(BOTH, from, Math.min(from + 7, BOTH.length)))));
        }
        complete(Wire.stream(events + Wire.result(Wire.STOP)));
    }

    @Test
    void halfASampleAtTheEndIsDropped() throws IOException {
        Heard heard = hear(Wire.stream(Wire.result(Wire.sound(new byte[] {1, 2, 3})) + Wire.result(Wire.STOP)));
        assertThat(heard.audio()).containsExactly(1, 2);
        assertThat(heard.receipt()).extracting(Receipt::samples).isEqualTo(1L);
    }

    @Test
    void soundInTheLastFrame() throws IOException {
        complete(
                Wire.stream(Wire.result(Wire.STOP.replace("\"data\":\"\"", "\"data\":\"" + Wire.base64(BOTH) + "\""))));
    }

    @Test
    void aLineOfMoreThan256Kib() throws IOException {
        byte[] large = Signals.selfIndexing(200_000);
        assertThat(hear(Wire.stream(Wire.result(Wire.sound(large)) + Wire.result(Wire.STOP)))
                        .audio())
                .isEqualTo(large);
    }

    @Test
    void oneByteAtATime() throws IOException {
        ScriptedServer.Script script = connection -> {
            connection.readRequest();
            for (byte single : Wire.stream(NORMAL).getBytes(UTF_8)) {
                connection.write(new byte[] {single});
            }
        };
        assertThat(hear(script, () -> {}).audio()).isEqualTo(BOTH);
    }

    private static void complete(String answer) throws IOException {
        Heard heard = hear(answer);
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).isEqualTo(BOTH);
    }
}
