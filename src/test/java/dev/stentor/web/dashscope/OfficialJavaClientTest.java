package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.alibaba.dashscope.aigc.multimodalconversation.AudioParameters;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversation;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationParam;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationResult;
import com.alibaba.dashscope.common.Status;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.exception.NoApiKeyException;
import com.alibaba.dashscope.exception.UploadFileException;
import dev.stentor.archive.TestArchive;
import dev.stentor.audio.WavHeader;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with the official Java client, unmodified. */
class OfficialJavaClientTest {

    private static final byte[] SOUND = Signals.selfIndexing(24_000);

    @Test
    void hearsEverySampleAndTheEnd() {
        var engine = ScriptedEngine.speaking(SOUND, 4_800);
        List<MultiModalConversationResult> items = heard(engine, hello());
        assertThat(items).hasSize(11);
        assertThat(pcm(items)).isEqualTo(SOUND);
        assertThat(items.subList(0, 10))
                .allSatisfy(
                        item -> assertThat(item.getOutput().getFinishReason()).isEqualTo("null"));
        MultiModalConversationResult last = items.getLast();
        assertThat(last.getOutput().getAudio().getData()).isEmpty();
        assertThat(last.getOutput().getAudio().getId()).isEqualTo("audio_" + LoopbackServer.REQUEST_ID);
        assertThat(last.getOutput().getFinishReason()).isEqualTo("stop");
        assertThat(last.getUsage().getCharacters()).isEqualTo(56);
        assertThat(last.getRequestId()).isEqualTo(LoopbackServer.REQUEST_ID);
        assertThat(engine.requests())
                .containsExactly(new SpeechRequest(
                        "Today is a wonderful day to build something people love!",
                        "qwen3-tts-flash",
                        "Cherry",
                        "English",
                        null,
                        null));
        assertThat(engine.cancellations()).isZero();
    }

    @Test
    void saysHowToSpeakAndInWhichClonedVoice() {
        var engine = ScriptedEngine.speaking(SOUND, 48_000);
        var wanted = MultiModalConversationParam.builder()
                .apiKey("sk-any")
                .workspace("ws-123")
                .model("qwen3-tts-instruct-flash")
                .text("Hi")
                .parameter("voice", "my-custom-voice")
                .parameter("language_type", "Chinese")
                .parameter("instructions", "Speak fast")
                .parameter("optimize_instructions", true)
                .build();
        assertThat(pcm(heard(engine, wanted))).isEqualTo(SOUND);
        assertThat(engine.requests())
                .containsExactly(new SpeechRequest(
                        "Hi", "qwen3-tts-instruct-flash", "my-custom-voice", "Chinese", "Speak fast", true));
    }

    @Test
    void hearsOneLongBuffer() {
        byte[] sound = Signals.selfIndexing(480_000);
        assertThat(pcm(heard(ScriptedEngine.speaking(sound, sound.length), hello())))
                .isEqualTo(sound);
    }

    @Test
    void isToldThatItsKeyIsNone() {
        var wanted = MultiModalConversationParam.builder()
                .apiKey("sk-any")
                .model("qwen3-tts-flash")
                .text("Hi")
                .header("Authorization", "Basic sk-any")
                .build();
        Status status = refusal(ScriptedEngine.speaking(SOUND, 4_800), wanted);
        assertThat(status.getStatusCode()).isEqualTo(401);
        assertThat(status.getCode()).isEqualTo("InvalidApiKey");
    }

    @Test
    void isToldThatThereIsNoSuchVoice() {
        var failure = new SpeechFailure.InvalidInput("voice", "There is no such voice.");
        Status status = refusal(ScriptedEngine.failingAfter(new byte[0], 2, failure), hello());
        assertThat(status.getStatusCode()).isEqualTo(400);
        assertThat(status.getCode()).isEqualTo("InvalidParameter");
        assertThat(status.getMessage()).contains("voice");
        assertThat(status.getRequestId()).isEqualTo(LoopbackServer.REQUEST_ID);
    }

    @Test
    void isToldThatItIsTooFast() {
        var failure = new SpeechFailure.Throttled("Throttling.RateQuota", "Requests rate limit exceeded.", null);
        Status status = refusal(ScriptedEngine.failingAfter(new byte[0], 2, failure), hello());
        assertThat(status.getStatusCode()).isEqualTo(429);
        assertThat(status.getCode()).isEqualTo("Throttling.RateQuota");
    }

    @Test
    void isToldWhatBrokeInTheMiddle() {
        var failure = new SpeechFailure.FailedInStream(500, "InternalError.Algo", "The model gave up.", null, 24_000);
        Status status = refusal(ScriptedEngine.failingAfter(SOUND, 4_800, failure), hello());
        assertThat(status.getCode()).isEqualTo("InternalError.Algo");
        assertThat(status.getMessage()).isEqualTo("The model gave up.");
        assertThat(status.getRequestId()).isEqualTo(LoopbackServer.REQUEST_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "Today is a wonderful day to build something people love!, 56",
        "那我来给大家推荐一款T恤，这款呢真的是超级好看，这个颜色呢很显气质，而且呢也是搭配的绝佳单品，大家可以闭眼入，真的是非常好看，对身材的包容性也很好，不管啥身材的宝宝呢，穿上去都是很好看的。推荐宝宝们下单哦。, 195",
    })
    void getsTheAddressOfTheWholeFromOneCall(String text, int characters, @TempDir Path directory) throws Exception {
        try (var archive = new TestArchive(directory);
                var server = new LoopbackServer(ScriptedEngine.speaking(SOUND, 4_800), archive)) {
            MultiModalConversationResult result = new MultiModalConversation("http", server.base())
                    .call(saying(text).build());
            assertThat(result.getOutput().getAudio().getData()).isEmpty();
            assertThat(result.getOutput().getAudio().getId()).isEqualTo("audio_" + LoopbackServer.REQUEST_ID);
            assertThat(result.getOutput().getAudio().getExpiresAt()).isEqualTo(86_400);
            assertThat(result.getOutput().getFinishReason()).isEqualTo("stop");
            assertThat(result.getUsage().getCharacters()).isEqualTo(characters);
            assertThat(result.getRequestId()).isEqualTo(LoopbackServer.REQUEST_ID);
            assertIsTheSound(server.fetch(result.getOutput().getAudio().getUrl()));
        }
    }

    @Test
    void getsTheAddressOfTheWholeWithTheLastItem(@TempDir Path directory) throws Exception {
        try (var archive = new TestArchive(directory);
                var server = new LoopbackServer(ScriptedEngine.speaking(SOUND, 4_800), archive)) {
            List<MultiModalConversationResult> items = new MultiModalConversation("http", server.base())
                    .streamCall(hello())
                    .toList()
                    .blockingGet();
            assertThat(pcm(items)).isEqualTo(SOUND);
            assertThat(items.getLast().getOutput().getAudio().getExpiresAt()).isEqualTo(86_400);
            assertIsTheSound(server.fetch(items.getLast().getOutput().getAudio().getUrl()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Basic sk-any", "Bearer ", "Bearer"})
    void isToldSoByOneCallToo(String authorization, @TempDir Path directory) {
        try (var archive = new TestArchive(directory);
                var server = new LoopbackServer(ScriptedEngine.speaking(SOUND, 4_800), archive)) {
            var wanted = saying("Hi").header("Authorization", authorization).build();
            var client = new MultiModalConversation("http", server.base());
            for (Status status : List.of(
                    status(() -> client.call(wanted)),
                    status(() -> client.streamCall(wanted).toList().blockingGet()))) {
                assertThat(status.getStatusCode()).isEqualTo(401);
                assertThat(status.getCode()).isEqualTo("InvalidApiKey");
            }
        }
    }

    @Test
    void isToldByOneCallWhatBrokeInTheMiddle(@TempDir Path directory) {
        var failure = new SpeechFailure.FailedInStream(500, "InternalError.Algo", "The model gave up.", null, 24_000);
        try (var archive = new TestArchive(directory);
                var server = new LoopbackServer(ScriptedEngine.failingAfter(SOUND, 4_800, failure), archive)) {
            var client = new MultiModalConversation("http", server.base());
            Status status = status(() -> client.call(hello()));
            assertThat(status.getStatusCode()).isEqualTo(500);
            assertThat(status.getCode()).isEqualTo("InternalError.Algo");
            assertThat(status.getMessage()).isEqualTo("The model gave up.");
            assertThat(status.getRequestId()).isEqualTo(LoopbackServer.REQUEST_ID);
        }
    }

    private static void assertIsTheSound(byte[] file) throws Exception {
        try (var wav = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
            assertThat(wav.getFormat().getSampleRate()).isEqualTo(24_000);
            assertThat(wav.getFormat().getChannels()).isEqualTo(1);
            assertThat(wav.getFrameLength()).isEqualTo(SOUND.length / 2);
            assertThat(wav.readAllBytes()).isEqualTo(SOUND);
        }
        assertThat(ByteBuffer.wrap(file, 0, 44)).isEqualTo(WavHeader.ofSamples(SOUND.length / 2));
    }

    private static Status status(Callable<?> call) {
        return Objects.requireNonNull(catchThrowableOfType(ApiException.class, () -> {
                    var _ = call.call();
                }))
                .getStatus();
    }

    private static MultiModalConversationParam.MultiModalConversationParamBuilder<?, ?> saying(String text) {
        return MultiModalConversationParam.builder()
                .apiKey("sk-any")
                .model("qwen3-tts-flash")
                .text(text)
                .voice(AudioParameters.Voice.CHERRY)
                .languageType("English");
    }

    private static MultiModalConversationParam hello() {
        return saying("Today is a wonderful day to build something people love!")
                .build();
    }

    private static Status refusal(ScriptedEngine engine, MultiModalConversationParam wanted) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> {
            var _ = heard(engine, wanted);
        });
        return Objects.requireNonNull(refused).getStatus();
    }

    private static List<MultiModalConversationResult> heard(ScriptedEngine engine, MultiModalConversationParam wanted) {
        try (var server = new LoopbackServer(engine)) {
            return new MultiModalConversation("http", server.base())
                    .streamCall(wanted)
                    .toList()
                    .blockingGet();
        } catch (NoApiKeyException | UploadFileException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pcm(List<MultiModalConversationResult> items) {
        var joined = new ByteArrayOutputStream();
        for (MultiModalConversationResult item : items) {
            joined.writeBytes(
                    Base64.getDecoder().decode(item.getOutput().getAudio().getData()));
        }
        return joined.toByteArray();
    }
}
