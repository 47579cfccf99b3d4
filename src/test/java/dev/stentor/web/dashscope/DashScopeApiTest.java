package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.BoundedEngine;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

class DashScopeApiTest {

    private static final SpeechFailure CUT =
            new SpeechFailure.FailedInStream(429, "Throttling.RateQuota", "Too fast.", "upstream-7", 2);

    @Test
    void framesAreByteForByteThoseOfTheService() {
        var scheduler = VirtualTimeScheduler.create();
        scheduler.advanceTimeBy(Duration.ofSeconds(1_000_000));
        var engine = ScriptedEngine.speaking(new byte[] {1, 2, 3, 4, 5, 6}, 4);
        try (var server = new LoopbackServer(engine, DashScopeLimits.DEFAULT, scheduler)) {
            HttpResponse<String> answer = server.post(DashScopeRequests.HELLO);
            assertThat(answer.body()).isEqualTo("""
                            id:1
                            event:result
                            :HTTP_STATUS/200
                            data:{"output":{"audio":{"data":"AQIDBA==","expires_at":1086400,"id":"audio_request-1","url":""},"finish_reason":"null"},"usage":{"characters":10},"request_id":"request-1"}

                            id:2
                            event:result
                            :HTTP_STATUS/200
                            data:{"output":{"audio":{"data":"BQY=","expires_at":1086400,"id":"audio_request-1","url":""},"finish_reason":"null"},"usage":{"characters":10},"request_id":"request-1"}

                            id:3
                            event:result
                            :HTTP_STATUS/200
                            data:{"output":{"audio":{"data":"","expires_at":1086400,"id":"audio_request-1","url":""},"finish_reason":"stop"},"usage":{"characters":10},"request_id":"request-1"}

                            """);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("content-type")).containsExactly("text/event-stream;charset=UTF-8");
            assertThat(answer.headers().allValues("x-request-id")).containsExactly("request-1");
        }
    }

    @Test
    void aFailureAfterTheFirstSoundIsTheLastFrame() {
        try (var server = new LoopbackServer(ScriptedEngine.failingAfter(new byte[] {1, 2, 3, 4}, 4, CUT))) {
            HttpResponse<String> answer = server.post(DashScopeRequests.HELLO);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("id:1\nevent:result\n").endsWith("""
                            id:2
                            event:error
                            :HTTP_STATUS/429
                            status:429
                            data:{"code":"Throttling.RateQuota","message":"Too fast.","request_id":"request-1"}

                            """);
        }
    }

    @Test
    void anEndlessEngineEndsWithAClearErrorBehindItsSound() {
        var endless = ScriptedEngine.endless(480);
        var bound = new SoundBound(Duration.ofMillis(20), Duration.ofMillis(1), Duration.ZERO);
        try (var server = new LoopbackServer(new BoundedEngine(endless, bound, () -> {}))) {
            assertThat(server.post(DashScopeRequests.HELLO).body())
                    .startsWith("id:1\nevent:result\n")
                    .contains(
                            "event:error\n:HTTP_STATUS/502\nstatus:502\ndata:{\"code\":\"InternalError.SoundTooLong\"");
        }
        Awaitility.await().until(() -> endless.cancellations() == 1);
    }

    @Test
    void aFailureBeforeTheFirstSoundIsAnHttpStatus() {
        var failure = new SpeechFailure.Throttled("Throttling.RateQuota", "Too fast.", Duration.ofMillis(1_200));
        HttpResponse<String> answer =
                DashScopeRequests.answer(ScriptedEngine.failingAfter(new byte[0], 4, failure), DashScopeRequests.HELLO);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
        assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
        assertThat(answer.headers().allValues("x-request-id")).containsExactly("request-1");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":\"Throttling.RateQuota\",\"message\":\"Too fast.\",\"request_id\":\"request-1\"}");
    }

    @Test
    void anEngineThatThrowsIsAnInternalErrorThatTellsNothing() {
        SpeechEngine broken = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                throw new IllegalStateException("secret detail");
            }
        };
        HttpResponse<String> answer = DashScopeRequests.answer(broken, DashScopeRequests.HELLO);
        DashScopeRequests.assertError(answer, 500, "InternalError", "internal error");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void anUnexpectedErrorAfterTheFirstSoundTellsNothingEither() {
        var engine = ScriptedEngine.of(_ -> Flux.fromIterable(Signals.chunks(new byte[] {1, 2}, 2))
                .concatWith(Flux.error(new IllegalStateException("secret detail"))));
        assertThat(DashScopeRequests.answer(engine, DashScopeRequests.HELLO).body())
                .contains("event:error\n:HTTP_STATUS/500\nstatus:500\ndata:{\"code\":\"InternalError\"")
                .doesNotContain("secret");
    }

    @Test
    void whatTheOfficialClientsAddIsIgnored() {
        var engine = DashScopeRequests.silent();
        String request = """
                {"model":"m","input":{"messages":[],"text":"Hi","voice":"Cherry","unknown":{"a":[1]}},
                 "parameters":{"enable_search":false,"stream":true,"sample_rate":48000},"future":null}""";
        assertThat(DashScopeRequests.answer(engine, request).statusCode()).isEqualTo(200);
        assertThat(engine.requests()).containsExactly(new SpeechRequest("Hi", "m", "Cherry", null, null, null));
    }

    @Test
    void anyBearerTokenIsGoodAndGoesNowhere() {
        var engine = DashScopeRequests.silent();
        try (var server = new LoopbackServer(engine)) {
            var request = server.request(DashScopeRequests.HELLO).setHeader("Authorization", "bearer sk-not-ours");
            HttpResponse<String> answer = server.send(request.build());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("sk-not-ours");
            assertThat(engine.requests().toString()).doesNotContain("sk-not-ours");
        }
    }

    @Test
    void aConnectionIsGoodForTheNextRequestWhateverCameOfTheLast() {
        var engine = ScriptedEngine.failingAfter(new byte[] {1, 2}, 2, CUT);
        try (var server = new LoopbackServer(engine)) {
            for (int i = 0; i < 5; i++) {
                DashScopeRequests.assertError(server.post("{"), 400, "InvalidParameter", "JSON");
                assertThat(server.post(DashScopeRequests.HELLO).body()).contains("event:result", "event:error");
                DashScopeRequests.assertError(
                        server.post(DashScopeRequests.saying("a".repeat(1_000_000))),
                        413,
                        "BadRequest.TooLarge",
                        "too large");
            }
        }
        assertThat(engine.requests()).hasSize(5);
        assertThat(engine.cancellations()).isZero();
    }
}
