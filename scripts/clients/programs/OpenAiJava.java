import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.speech.SpeechModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Plays OpenAI's client for Java. */
class OpenAiJava {

    private static final OpenAIClient CLIENT = OpenAIOkHttpClient.builder()
            .baseUrl(System.getenv("BASE") + "/v1")
            .apiKey("sk-any")
            .build();
    private static int count;

    public static void main(String[] arguments) throws Exception {
        speak("audio().speech().create()", "mp3", 1, wanted());
        for (String form : List.of("wav", "pcm", "opus", "flac", "aac")) {
            speak("create(responseFormat=" + form + ")", form, 1, wanted().responseFormat(SpeechCreateParams.ResponseFormat.of(form)));
        }
        speak("create(speed=1.5)", "mp3", 1.5, wanted().speed(1.5));
        int models = CLIENT.models().list().items().size();
        told("models().list()", models > 0, models + " models");
        try {
            CLIENT.models().retrieve("nothing");
        } catch (NotFoundException error) {
            told("models().retrieve(nothing)", error.code().orElse("").equals("model_not_found"), "NotFoundException, model_not_found");
        }
        System.exit(0);
    }

    private static SpeechCreateParams.Builder wanted() {
        return SpeechCreateParams.builder()
                .input(System.getenv("TEXT"))
                .model(SpeechModel.GPT_4O_MINI_TTS)
                .voice("alloy");
    }

    private static void speak(String call, String form, double speed, SpeechCreateParams.Builder wanted) throws Exception {
        Path file = Path.of(System.getenv("OUT"), ++count + "." + form);
        try (var answer = CLIENT.audio().speech().create(wanted.build())) {
            Files.copy(answer.body(), file);
        }
        System.out.println("{\"call\":\"%s\",\"file\":\"%s\",\"form\":\"%s\",\"voice\":\"alloy\",\"speed\":%s}".formatted(call, file, form, speed));
    }

    private static void told(String call, boolean good, String words) {
        System.out.println("{\"call\":\"%s\",\"ok\":%s,\"words\":\"%s\"}".formatted(call, good, words));
    }
}
