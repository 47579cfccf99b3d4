package dev.stentor.web.cluster;

import dev.stentor.usage.Quotas;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;

/** The answer to nodes that ask what was counted on this one. Thread-safe. */
public final class UsageAnswers implements PeerAnswers {

    private final Quotas here;
    private final Scheduler work;

    /**
     * Creates the answer.
     *
     * @param here what this node counts
     * @param work scheduler on which the counts are looked through
     */
    public UsageAnswers(Quotas here, Scheduler work) {
        this.here = here;
        this.work = work;
    }

    @Override
    public boolean isAt(String path) {
        return path.equals(UsageForm.PATH);
    }

    @Override
    public Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response) {
        String asked = request.getQueryParams().getFirst(UsageForm.QUERY);
        return Mono.fromCallable(() -> UsageForm.question(asked == null ? "" : asked))
                .flatMap(here::usage)
                .map(UsageForm::answer)
                .subscribeOn(work)
                .flatMap(rows -> response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(rows))))
                .onErrorResume(JacksonException.class, _ -> {
                    response.setStatusCode(HttpStatus.BAD_REQUEST);
                    return response.setComplete();
                });
    }
}
