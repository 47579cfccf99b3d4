package dev.stentor.whole;

import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for the cloud's speech service; a script for each text says how fast, how evenly and how far it is spoken.
 * Thread-safe.
 */
final class ScriptedCloud implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SAMPLES_PER_MILLI = 24;
    private static final String STOP = """
            {"output":{"audio":{"data":"","id":"audio_1","expires_at":1758187426},"finish_reason":"stop"},\
            "usage":{"characters":10},"request_id":"r-1"}""";

    private final Map<String, Script> scripts;
    private final Map<String, Long> cancelled = new ConcurrentHashMap<>();
    private final DisposableServer server;

    /**
     * The way in which a text is spoken, with samples that tell their own index.
     *
     * @param millis how long it is
     * @param rate seconds of sound in a second
     * @param lumpMillis of sound in one event
     * @param stallAtMillis after so much sound nothing comes for a while; negative for never
     * @param stallMillis for so long
     * @param breakAtMillis after so much sound the connection is gone; negative for never
     */
    record Script(int millis, double rate, int lumpMillis, int stallAtMillis, int stallMillis, int breakAtMillis) {

        static Script steady(int millis, double rate) {
            return new Script(millis, rate, 100, -1, 0, -1);
        }

        Script stalling(int atMillis, int forMillis) {
            return new Script(millis, rate, lumpMillis, atMillis, forMillis, breakAtMillis);
        }

        Script breaking(int atMillis) {
            return new Script(millis, rate, lumpMillis, stallAtMillis, stallMillis, atMillis);
        }

        /** Returns the whole sound. */
        byte[] sound() {
            return Signals.selfIndexing(millis * SAMPLES_PER_MILLI);
        }

        private int lumps() {
            return (breakAtMillis < 0 ? millis : breakAtMillis) / lumpMillis;
        }

        private byte[] lump(int index) {
            return Signals.selfIndexing((long) index * lumpMillis * SAMPLES_PER_MILLI, lumpMillis * SAMPLES_PER_MILLI);
        }

        private Duration dueAt(int index) {
            long atMillis = (long) index * lumpMillis;
            boolean stalled = stallAtMillis >= 0 && atMillis >= stallAtMillis;
            return Duration.ofMillis(Math.round(atMillis / rate) + (stalled ? stallMillis : 0));
        }
    }

    /** @param scripts by the text */
    ScriptedCloud(Map<String, Script> scripts) {
        this.scripts = Map.copyOf(scripts);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(
                        "/api/v1/services/aigc/multimodal-generation/generation",
                        (request, response) -> request.receive()
                                .aggregate()
                                .asString()
                                .publishOn(Schedulers.boundedElastic()) // reading JSON may load classes
                                .flatMap(body -> {
                                    String text = JSON.readTree(body)
                                            .path("input")
                                            .path("text")
                                            .asString("");
                                    return response.sse()
                                            .sendString(events(text)
                                                    .subscribeOn(Schedulers.boundedElastic())
                                                    .doOnCancel(() -> cancelled.put(text, System.currentTimeMillis())))
                                            .then();
                                })))
                .bindNow();
    }

    private Flux<String> events(String text) {
        Script script = scripts.get(text);
        if (script == null) {
            return Flux.error(new IllegalStateException("no script for a text"));
        }
        Flux<String> sound = Flux.range(0, script.lumps())
                .concatMap(
                        index -> Mono.just(event(sound(script.lump(index))))
                                .delayUntil(event -> untilDue(script, index)),
                        1);
        Flux<String> end = script.breakAtMillis() < 0
                ? Flux.just(event(STOP))
                : Flux.error(new IllegalStateException("the script breaks off here"));
        return sound.concatWith(end);
    }

    /** Waits for the time since the lump before; precise enough for lumps of 100 ms. */
    private static Mono<Long> untilDue(Script script, int index) {
        return index == 0 ? Mono.just(0L) : Mono.delay(script.dueAt(index).minus(script.dueAt(index - 1)));
    }

    private static String sound(byte[] samples) {
        return """
                {"output":{"audio":{"data":"%s","id":"audio_1","expires_at":1758187426},"finish_reason":"null"},\
                "request_id":"r-1"}""".formatted(Base64.getEncoder().encodeToString(samples));
    }

    private static String event(String data) {
        return "id:1\nevent:result\n:HTTP_STATUS/200\ndata:" + data + "\n\n";
    }

    String base() {
        return "http://127.0.0.1:" + server.port() + "/api/v1";
    }

    /** Returns when the call that spoke this text was cancelled, in ms of the system's clock; 0 if it was not. */
    long cancelledAt(String text) {
        return cancelled.getOrDefault(text, 0L);
    }

    /** Returns every text whose call was cancelled. */
    List<String> cancelled() {
        return List.copyOf(cancelled.keySet());
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
