package dev.stentor.app;

import dev.stentor.audio.SpeechTime;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** The speech service of the warm-up: a server on the loopback address that answers every request with a frame of silence. */
final class WarmUpService {

    private static final byte[] FRAME = new byte[SpeechTime.FRAME_BYTES];

    private WarmUpService() {}

    /** Starts it on any free port. */
    static Mono<? extends DisposableServer> start(UpstreamProperties.Kind kind, LoopResources loops) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops)
                .handle((request, response) -> answer(kind, request, response))
                .bind();
    }

    /** Returns the settings by which the gateway calls it. */
    static UpstreamProperties settings(UpstreamProperties.Kind kind, int port) {
        return new UpstreamProperties(
                "warm-up",
                kind,
                URI.create("http://127.0.0.1:" + port),
                "none",
                null,
                List.of(),
                32,
                0,
                100,
                1,
                UpstreamProperties.OpenAi.NONE);
    }

    private static Publisher<Void> answer(
            UpstreamProperties.Kind kind, HttpServerRequest request, HttpServerResponse response) {
        boolean events = kind == UpstreamProperties.Kind.DASHSCOPE;
        byte[] answer = events ? events().getBytes(StandardCharsets.US_ASCII) : FRAME;
        return request.receive()
                .then(response.header(HttpHeaderNames.CONTENT_TYPE, events ? "text/event-stream" : "audio/pcm")
                        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(answer)))
                        .then());
    }

    private static String events() {
        return event(Base64.getEncoder().encodeToString(FRAME), "null") + event("", "stop");
    }

    private static String event(String data, String reason) {
        return "data:{\"output\":{\"audio\":{\"data\":\"" + data + "\",\"id\":\"a\"},\"finish_reason\":\"" + reason
                + "\"},\"request_id\":\"r\"}\n\n";
    }
}
