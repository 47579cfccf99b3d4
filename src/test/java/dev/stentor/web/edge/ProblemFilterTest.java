package dev.stentor.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ProblemFilterTest {

    /** Checks that seconds are rounded up: a client that came back after fewer would be refused again. */
    @ParameterizedTest(name = "{0} ms are {1} s")
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "1999, 2"})
    void nobodyIsAskedBackTooEarly(long millis, String seconds) {
        var busy = new ProblemException(
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, "Busy", "Come back."), Duration.ofMillis(millis));
        var answer = new ProblemFilter(error -> error)
                .filter(MockServerRequest.builder().build(), _ -> Mono.error(busy))
                .map(ServerResponse::headers);
        StepVerifier.create(answer)
                .assertNext(headers ->
                        assertThat(headers.getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo(seconds))
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }
}
