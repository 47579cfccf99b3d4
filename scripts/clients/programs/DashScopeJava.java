import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversation;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationParam;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationResult;
import com.alibaba.dashscope.audio.qwen_tts_realtime.QwenTtsRealtime;
import com.alibaba.dashscope.audio.qwen_tts_realtime.QwenTtsRealtimeCallback;
import com.alibaba.dashscope.audio.qwen_tts_realtime.QwenTtsRealtimeParam;
import com.alibaba.dashscope.audio.tts.SpeechSynthesisResult;
import com.alibaba.dashscope.audio.ttsv2.SpeechSynthesisParam;
import com.alibaba.dashscope.audio.ttsv2.SpeechSynthesizer;
import com.alibaba.dashscope.common.ResultCallback;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.utils.Constants;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays the DashScope client for Java. */
class DashScopeJava {

    private static int count;

    public static void main(String[] arguments) throws Exception {
        Constants.baseHttpApiUrl = System.getenv("BASE") + "/api/v1";
        var client = new MultiModalConversation();
        sound("MultiModalConversation.call()", file(client.call(wanted("Cherry"))), "wav", "Cherry");
        sound("call(voice=Ethan)", file(client.call(wanted("Ethan"))), "wav", "Ethan");
        var heard = new ByteArrayOutputStream();
        MultiModalConversationResult[] last = new MultiModalConversationResult[1];
        client.streamCall(wanted("Cherry")).blockingForEach(piece -> {
            String data = piece.getOutput().getAudio().getData();
            heard.write(Base64.getDecoder().decode(data == null ? "" : data));
            last[0] = piece;
        });
        sound("streamCall(), the pieces", heard.toByteArray(), "pcm", "Cherry");
        sound("streamCall(), the file", file(last[0]), "wav", "Cherry");
        try {
            client.call(wanted("nobody"));
        } catch (ApiException error) {
            boolean good = error.getStatus().getStatusCode() == 400 && error.getStatus().getCode().equals("InvalidParameter");
            System.out.println("{\"call\":\"call(voice=nobody)\",\"ok\":%s,\"words\":\"ApiException, InvalidParameter\"}".formatted(good));
        }
        lacking();
        System.exit(0);
    }

    /** The classes whose APIs the gateway lacks: they must end soon, with words that say what to do. */
    private static void lacking() throws Exception {
        String sockets = System.getenv("BASE").replace("http", "ws") + "/api-ws/v1/";
        var words = new LinkedBlockingQueue<String>();
        var realtime = new QwenTtsRealtime(
                QwenTtsRealtimeParam.builder().model("qwen3-tts-flash-realtime").url(sockets + "realtime").apikey("sk-any").build(),
                new QwenTtsRealtimeCallback() {
                    @Override
                    public void onEvent(JsonObject message) {
                        words.add(message.toString());
                    }

                    @Override
                    public void onClose(int code, String reason) {
                        words.add(reason);
                    }
                });
        realtime.connect();
        realtime.appendText(System.getenv("TEXT"));
        ended("QwenTtsRealtime.connect()", words);
        words.clear();
        Constants.baseWebsocketApiUrl = sockets + "inference/";
        new SpeechSynthesizer(
                        SpeechSynthesisParam.builder().apiKey("sk-any").model("cosyvoice-v2").voice("longxiaochun_v2").build(),
                        new ResultCallback<SpeechSynthesisResult>() {
                            @Override
                            public void onEvent(SpeechSynthesisResult result) {}

                            @Override
                            public void onComplete() {}

                            @Override
                            public void onError(Exception failure) {
                                words.add(failure.getMessage());
                            }
                        })
                .call(System.getenv("TEXT"));
        ended("ttsv2.SpeechSynthesizer.call()", words);
    }

    private static void ended(String call, LinkedBlockingQueue<String> words) throws InterruptedException {
        String heard = words.poll(5, TimeUnit.SECONDS);
        boolean good = heard != null && heard.contains("call MultiModalConversation over HTTP");
        System.out.println("{\"call\":\"%s\",\"ok\":%s,\"words\":\"ends within 5 s, and says what to call instead\"}".formatted(call, good));
    }

    private static MultiModalConversationParam wanted(String voice) {
        return MultiModalConversationParam.builder()
                .apiKey("sk-any")
                .model("qwen3-tts-flash")
                .text(System.getenv("TEXT"))
                .parameter("voice", voice)
                .build();
    }

    private static byte[] file(MultiModalConversationResult answer) throws Exception {
        try (var file = URI.create(answer.getOutput().getAudio().getUrl()).toURL().openStream()) {
            return file.readAllBytes();
        }
    }

    private static void sound(String call, byte[] bytes, String form, String voice) throws Exception {
        Path file = Path.of(System.getenv("OUT"), ++count + "." + form);
        Files.write(file, bytes);
        System.out.println("{\"call\":\"%s\",\"file\":\"%s\",\"form\":\"%s\",\"voice\":\"%s\"}".formatted(call, file, form, voice));
    }
}
