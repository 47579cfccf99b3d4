package dev.stentor.speech.openai;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.http.Connections;
import dev.stentor.speech.http.ServiceAddress;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * An engine for any server with {@code POST /v1/audio/speech}: OpenAI's own, vLLM-Omni, Kokoro-FastAPI, Speaches,
 * openedai-speech, LocalAI. Thread-safe.
 *
 * <p>It requests PCM. It accepts PCM with the rate in the content type, WAV, and events with either, and resamples it to the
 * port's rate. Raw sound is complete when the connection ends in order, because nothing else says so. Sound in events is complete
 * only when the server says so.
 *
 * <p>Demand reaches the socket; the kernel's buffer and one read of at most 64 KiB are ahead of it. Nothing is sent twice.
 * Signals come on the event loop of the connection, a time-out for silence on the timer.
 */
public final class OpenAiEngine implements SpeechEngine, AutoCloseable {

    private static final String PATH = "/audio/speech";

    private final OpenAiSettings settings;
    private final Scheduler timer;
    private final Supplier<String> requestIds;
    private final SpeechBody body;
    private final Connections connections;
    private final HttpClient.RequestSender client;

    /**
     * Creates an engine that has no open connection yet.
     *
     * @param timer measures silence; not disposed with the engine
     * @param requestIds gives an id to each request to which the server gives none; called from any thread
     */
    public OpenAiEngine(OpenAiSettings settings, Scheduler timer, Supplier<String> requestIds) {
        this.settings = settings;
        this.timer = timer;
        this.requestIds = requestIds;
        this.body = new SpeechBody(settings);
        this.connections = new Connections(
                "openai", settings.connections(), settings.connectTimeout(), settings.receiveBufferBytes());
        this.client = connections
                .tracedClient()
                .headers(this::addHeaders)
                .post()
                .uri(new ServiceAddress(settings.baseUrl()).at(PATH));
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Optional<SpeechFailure.InvalidInput> objection = objection(request);
        if (objection.isPresent()) {
            return Speech.failed(objection.get());
        }
        return Speech.once(() -> spoken(request));
    }

    /** Closes idle connections at once, and the others when their answers end. Accepts no more requests. Does not wait. */
    @Override
    public void close() {
        connections.close();
    }

    private Exchange spoken(SpeechRequest request) {
        byte[] bytes = body.of(request);
        return new Exchange(
                client.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes))),
                settings,
                timer,
                request.text(),
                requestIds.get());
    }

    private void addHeaders(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "audio/pcm, audio/wav, text/event-stream, */*;q=0.1")
                .set(HttpHeaderNames.USER_AGENT, "stentor");
        if (!settings.apiKey().isEmpty()) {
            headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + settings.apiKey());
        }
    }
}
