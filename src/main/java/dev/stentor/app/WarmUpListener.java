package dev.stentor.app;

import dev.stentor.audio.SpeechTime;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** A client of the warm-up: it listens, and asks for the next utterance when one has ended. */
final class WarmUpListener {

    /** The messages that it sends for each utterance, as a player does in some seconds. */
    private static final int REPORTS = 3;

    private static final String HELLO = "{\"t\":\"hello\",\"v\":1}";
    private static final String REPORT = "{\"t\":\"report\",\"pos\":" + SpeechTime.FRAME_SAMPLES
            + ",\"gen\":1,\"buffer_ms\":0,\"underruns\":0," + "\"state\":\"idle\",\"muted\":false}";
    private static final String QUESTION = "{\"t\":\"time\",\"t0\":1}";

    private final ConnectionProvider connections = ConnectionProvider.create("warm-up", 2);
    private final HttpClient client;
    private final String channel;
    private final int utterances;

    /**
     * Creates a listener of the gateway at that port.
     *
     * @param number names its channel
     * @param utterances how many it asks for, one after the other
     */
    WarmUpListener(int port, int number, int utterances, LoopResources loops) {
        this.utterances = utterances;
        channel = "/v1/channels/warm-up-" + number;
        client = HttpClient.create(connections).host("127.0.0.1").port(port).runOn(loops);
    }

    /** Listens until all utterances have ended. Subscribe once. */
    Mono<Void> listen() {
        WebsocketClientSpec protocol =
                WebsocketClientSpec.builder().protocols("stentor.v1").build();
        return client.websocket(protocol)
                .uri(channel + "/listen")
                .handle(this::serve)
                .then()
                .doFinally(signal -> connections.dispose());
    }

    private Publisher<Void> serve(WebsocketInbound in, WebsocketOutbound out) {
        return out.sendString(Mono.just(HELLO))
                .then()
                .thenMany(in.receiveFrames()
                        .ofType(TextWebSocketFrame.class)
                        .map(TextWebSocketFrame::text)
                        .filter(WarmUpListener::isTimeForTheNext)
                        .take(utterances)
                        .concatMap(ended -> report(out).then(ask())))
                .then(out.sendClose());
    }

    /** Tells whether the listener has just been greeted, or an utterance has ended. */
    private static boolean isTimeForTheNext(String message) {
        return message.contains("\"codec\"") || message.contains("\"utterance.ended\"");
    }

    private static Mono<Void> report(WebsocketOutbound out) {
        return out.sendString(Flux.just(REPORT).repeat(REPORTS - 1).concatWithValues(QUESTION))
                .then();
    }

    private Mono<Void> ask() {
        byte[] text = "{\"text\":\"Good evening.\"}".getBytes(StandardCharsets.US_ASCII);
        return client.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json"))
                .post()
                .uri(channel + "/utterances")
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(text)))
                .responseContent()
                .then();
    }
}
