package dev.stentor.speech.dashscope;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.http.Connections;
import dev.stentor.speech.http.ServiceAddress;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * An engine for Qwen-TTS of Alibaba Model Studio, over HTTP with server-sent events. Thread-safe.
 *
 * <p>The sound is complete only when the service says so. An answer that ends without that fails with {@link
 * SpeechFailure.Truncated}. If a complete answer has no sound in itself, the sound may be in the file whose address it gives.
 * Only then is that file fetched.
 *
 * <p>Demand reaches the socket. If nobody reads the stream, the sender stops as soon as the kernel's buffers are full. The
 * settings limit ours, and one read of at most 64 KiB waits here. An end or a failure after the last buffer is seen only when one
 * more buffer is requested.
 *
 * <p>Nothing is sent twice: a request whose connection broke fails, because the service may have counted it. Signals come on the
 * event loop of the connection, a time-out for silence on the timer.
 */
public final class DashScopeEngine implements SpeechEngine, AutoCloseable {

    private static final String AGENT = "stentor";
    private static final String PATH = "/services/aigc/multimodal-generation/generation";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DashScopeSettings settings;
    private final Scheduler timer;
    private final ServiceAddress address;
    private final Connections connections;
    private final HttpClient.RequestSender client;
    private final HttpClient files;

    /**
     * Creates an engine that has no open connection yet.
     *
     * @param timer measures silence; not disposed with the engine
     */
    public DashScopeEngine(DashScopeSettings settings, Scheduler timer) {
        this.settings = settings;
        this.timer = timer;
        this.address = new ServiceAddress(settings.baseUrl());
        this.connections = new Connections(
                "dashscope", settings.connections(), settings.connectTimeout(), settings.receiveBufferBytes());
        this.client = connections.tracedClient().headers(this::addHeaders).post();
        this.files = connections.client().headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, AGENT));
    }

    @Override
    public Speech speak(SpeechRequest request) {
        if (request.text().isBlank()) {
            return Speech.failed(new SpeechFailure.InvalidInput("text", "There is no text to speak."));
        }
        return Speech.once(() -> spoken(request));
    }

    /**
     * Closes idle connections at once, and the others when their answers end. Accepts no more requests. Does not wait.
     */
    @Override
    public void close() {
        connections.close();
    }

    private Exchange spoken(SpeechRequest request) {
        byte[] body = JSON.writeValueAsBytes(GenerationRequest.of(request, settings));
        return new Exchange(
                client.uri(address.at(PATH)).send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))),
                settings,
                timer,
                files,
                Progress.start(BilledCharacters.of(request.text())));
    }

    private void addHeaders(HttpHeaders headers) {
        headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + settings.apiKey())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "text/event-stream")
                .set(HttpHeaderNames.USER_AGENT, AGENT)
                .set("X-DashScope-SSE", "enable");
        if (settings.workspace() != null) {
            headers.set("X-DashScope-WorkSpace", settings.workspace());
        }
    }
}
