import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversation;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationParam;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationResult;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.utils.Constants;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

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
        System.exit(0);
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
