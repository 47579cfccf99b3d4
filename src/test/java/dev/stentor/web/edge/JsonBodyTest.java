package dev.stentor.web.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class JsonBodyTest {

    private final JsonBody bodies = new JsonBody(1_000, Schedulers.immediate());

    private record Greeting(String text) {}

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;charset=utf-8", "Application/JSON"})
    void jsonIsRead(String type) {
        StepVerifier.create(bodies.read(request(type), Greeting.class))
                .expectNext(new Greeting("hello"))
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/*", "*/*", "text/plain", "application/x-www-form-urlencoded", "nonsense"})
    void whatDoesNotSayThatItIsJsonIsRefused(String type) {
        StepVerifier.create(bodies.read(request(type), Greeting.class))
                .expectErrorMatches(error -> error instanceof ProblemException problem
                        && problem.problem().status() == HttpStatus.UNSUPPORTED_MEDIA_TYPE.value())
                .verify(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":5}",
                "{\"text\":5.5}",
                "{\"text\":true}",
                "{\"text\":[]}",
                "{\"text\":{}}",
                "{\"text\":\"a\",\"text\":\"b\"}"
            })
    void aTextIsNothingButOneText(String json) {
        assertThatThrownBy(() -> JsonBody.parse(json.getBytes(UTF_8), Greeting.class))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().status()).isEqualTo(400));
    }

    private record Wishes(
            @Nullable Integer count,
            @Nullable Boolean open,
            @Nullable Double gain) {}

    @ParameterizedTest
    @ValueSource(strings = {"{\"count\":\"5\"}", "{\"open\":\"true\"}", "{\"gain\":\"1.5\"}", "{\"open\":1}"})
    void noTextIsTakenForANumberOrATruth(String json) {
        assertThatThrownBy(() -> JsonBody.parse(json.getBytes(UTF_8), Wishes.class))
                .isInstanceOf(ProblemException.class);
    }

    private static ServerRequest request(String type) {
        Flux<DataBuffer> body =
                Flux.just(DefaultDataBufferFactory.sharedInstance.wrap("{\"text\":\"hello\"}".getBytes(UTF_8)));
        var request = MockServerHttpRequest.method(HttpMethod.POST, "/")
                .header(HttpHeaders.CONTENT_TYPE, type)
                .body(body);
        return ServerRequest.create(
                MockServerWebExchange.from(request),
                HandlerStrategies.withDefaults().messageReaders());
    }
}
