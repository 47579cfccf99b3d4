package dev.stentor.speech.dashscope;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An engine with a scripted server behind it, for as long as one speech lasts. */
final class Stage {

    static final String KEY = "sk-0123456789";
    static final int EVENT_BYTES = 1 << 20;
    static final Duration SILENCE = Duration.ofSeconds(10);

    private Stage() {}

    static Heard hear(String answer) throws IOException {
        try (var server = ScriptedServer.answering(answer)) {
            return hear(server, () -> {});
        }
    }

    /** Speaks one request; {@code atFirst} runs when the first buffer has arrived. */
    static Heard hear(ScriptedServer.Script script, Runnable atFirst) throws IOException {
        try (var server = ScriptedServer.playing(script)) {
            return hear(server, atFirst);
        }
    }

    static DashScopeEngine engine(URI baseUrl, Scheduler timer) {
        return new DashScopeEngine(settings(baseUrl), timer);
    }

    /** Creates an engine; {@code patience} is the wait for a connection, and for the only one to become free. */
    static DashScopeEngine engineWithOneConnection(URI baseUrl, Duration patience) {
        return new DashScopeEngine(settings(baseUrl, 1, patience), Schedulers.parallel());
    }

    static DashScopeSettings settings(URI baseUrl) {
        return settings(baseUrl, 4, Duration.ofSeconds(5));
    }

    private static DashScopeSettings settings(URI baseUrl, int connections, Duration connectTimeout) {
        return new DashScopeSettings(
                baseUrl,
                KEY,
                null,
                "qwen3-tts-flash",
                "Cherry",
                connectTimeout,
                SILENCE,
                connections,
                64 << 10,
                EVENT_BYTES);
    }

    private static Heard hear(ScriptedServer server, Runnable atFirst) {
        try (var engine = engine(server.baseUrl(), Schedulers.parallel())) {
            return Heard.of(engine.speak(SpeechRequest.of("Speak up.")), atFirst);
        }
    }
}
