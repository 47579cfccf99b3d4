package dev.stentor.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class FrameWriterTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FrameWriter writer = new FrameWriter(Duration.ofMinutes(1), Schedulers.parallel());
    private final Unconnected response = new Unconnected();
    private final TestPublisher<byte[]> frames = TestPublisher.create();

    /** Checks the case in which the server fails the write without ever requesting the frames. */
    @Test
    void whoLeavesJustBeforeTheFirstFrameEndsTheFrames() {
        response.setWriteHandler(_ -> Mono.error(new IOException("closed before it could be written")));
        var failed = writer.write(response, frames.flux()).toFuture();
        frames.next(new byte[2]);
        assertThat(failed).isCompletedExceptionally();
        frames.assertCancelled();
    }

    @Test
    void whoLeavesLaterEndsTheFrames() {
        response.setWriteHandler(body -> body.doOnNext(_ -> {}).then());
        StepVerifier.create(writer.write(response, frames.flux()))
                .then(() -> frames.next(new byte[2]))
                .thenCancel()
                .verify(LIMIT);
        frames.assertCancelled();
    }

    @Test
    void allFramesAreWritten() {
        StepVerifier.create(writer.write(response, Flux.just(new byte[] {'a'}, new byte[] {'b'})))
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(response.getBodyAsString())
                .expectNext("ab")
                .expectComplete()
                .verify(LIMIT);
    }

    /** A response without a socket. */
    private static final class Unconnected extends MockServerHttpResponse {
        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the method is declared
        public <T> T getNativeResponse() {
            return (T) this;
        }
    }
}
