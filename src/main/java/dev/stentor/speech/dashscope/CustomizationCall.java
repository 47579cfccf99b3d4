package dev.stentor.speech.dashscope;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.http.WireFailures;
import dev.stentor.speech.voices.VoiceStudio.Answer;
import dev.stentor.speech.voices.VoiceStudio.Body;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** A sender of requests about voices, over a few connections of its own; it also reads the answers. Thread-safe. */
final class CustomizationCall implements AutoCloseable {

    private static final String PATH = "/services/audio/tts/customization";
    private static final int CONNECTIONS = 8;
    private static final int OK = 200;
    /** A preview of 1,024 characters lasts some minutes: 24 kHz in Base64 is 64 kB a second. */
    private static final int LARGEST_ANSWER = 32 << 20;

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final DashScopeSettings settings;
    private final Duration patience;
    private final Scheduler timer;
    private final Failures failures;
    private final ConnectionProvider connections;
    private final HttpClient.RequestSender client;

    CustomizationCall(DashScopeSettings settings, Duration patience, Scheduler timer) {
        this.settings = settings;
        this.patience = patience;
        this.timer = timer;
        this.failures = new Failures(settings.apiKey());
        this.connections = ConnectionProvider.builder("dashscope-voices")
                .maxConnections(CONNECTIONS)
                .pendingAcquireMaxCount(4 * CONNECTIONS)
                .pendingAcquireTimeout(patience)
                .maxIdleTime(IDLE)
                .lifo()
                .build();
        this.client = HttpClient.create(connections)
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(settings.connectTimeout().toMillis(), Integer.MAX_VALUE))
                .headers(this::addHeaders)
                .post();
    }

    /** Sends a request and parses its answer; fails if the answer is an HTTP error. */
    Mono<CustomizationAnswer> send(Body body) {
        return exchange(
                body,
                (response, content) -> response.status().code() == OK
                        ? read(content).map(CustomizationAnswer::parse)
                        : new Refusal(failures, timer)
                                .read(response, requestId(response), content)
                                .flatMap(failure -> Mono.error(new SpeechException(failure))));
    }

    /** Sends a request and returns its answer unchanged, also if it is an HTTP error. */
    Mono<Answer> pass(Body body) {
        return exchange(
                body,
                (response, content) -> read(content)
                        .map(bytes -> new Answer(
                                response.status().code(),
                                response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE),
                                response.responseHeaders().get("x-request-id"),
                                ByteBuffer.wrap(bytes))));
    }

    @Override
    public void close() {
        connections.dispose();
    }

    /** A function that makes a value of an answer. */
    private interface Reader<T> {
        Mono<T> read(HttpClientResponse response, Flux<byte[]> content);
    }

    private <T> Mono<T> exchange(Body body, Reader<T> reader) {
        return client.uri(address())
                .send((request, outbound) -> {
                    request.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(body.bytes()));
                    return outbound.send(body.content().map(Unpooled::wrappedBuffer));
                })
                .response((response, content) -> reader.read(response, parts(content)))
                .next()
                .onErrorMap(failure -> !(failure instanceof SpeechException), WireFailures::unanswered)
                .timeout(patience, Mono.error(() -> new SpeechException(new SpeechFailure.Silent(patience, 0))), timer);
    }

    /** Copies the content out of Netty's buffers at once. */
    private static Flux<byte[]> parts(ByteBufFlux content) {
        return content.asByteArray();
    }

    private static Mono<byte[]> read(Flux<byte[]> content) {
        return Mono.defer(() -> {
            var bytes = new ByteArrayOutputStream();
            return content.doOnNext(part -> {
                        if (bytes.size() + part.length > LARGEST_ANSWER) {
                            throw new SpeechException(WireFailures.malformed("an answer that is too large"));
                        }
                        bytes.writeBytes(part);
                    })
                    .then(Mono.fromSupplier(bytes::toByteArray));
        });
    }

    private static String requestId(HttpClientResponse response) {
        return response.responseHeaders().get("x-request-id", "");
    }

    private String address() {
        String base = settings.baseUrl().toASCIIString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + PATH;
    }

    private void addHeaders(HttpHeaders headers) {
        headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + settings.apiKey())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set(HttpHeaderNames.USER_AGENT, "stentor");
        if (settings.workspace() != null) {
            headers.set("X-DashScope-WorkSpace", settings.workspace());
        }
    }
}
