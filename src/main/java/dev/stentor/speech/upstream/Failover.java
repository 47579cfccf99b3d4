package dev.stentor.speech.upstream;

import dev.stentor.speech.Remedy;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechFailure.Throttled;
import dev.stentor.speech.SpeechRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * An engine over several services, in order of preference: a request goes to the first that may take it, and to the next one when
 * that is throttled, down, or refuses the key or the model. A request that is wrong in itself fails at once.
 *
 * <p>Once something was heard, another upstream must give the same samples up to there; see {@link RetriedSpeech}. If none helps,
 * the failure is that of a service that was throttled, since waiting helps against that; else that of the most preferred.
 * Thread-safe.
 */
public final class Failover implements SpeechEngine {

    private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

    private final List<Upstream> upstreams;

    /** @param upstreams in order of preference */
    public Failover(List<Upstream> upstreams) {
        this.upstreams = List.copyOf(upstreams);
    }

    /** Returns the current state and totals of each upstream, in order of preference. */
    public List<UpstreamStats> stats() {
        return upstreams.stream().map(Upstream::stats).toList();
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Optional<InvalidInput> objection = objection(request);
        return objection.isPresent()
                ? Speech.failed(objection.get())
                : RetriedSpeech.of(request.text(), new Route(request, candidates(request)));
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        List<Upstream> candidates = candidates(request);
        return candidates.isEmpty()
                ? Optional.of(new InvalidInput("model", "No speech service here takes this model with this voice."))
                : candidates.getFirst().objection(request);
    }

    private List<Upstream> candidates(SpeechRequest request) {
        return upstreams.stream().filter(upstream -> upstream.takes(request)).toList();
    }

    /** The plan of one request, from service to service; confined to its subscription. */
    private static final class Route implements RetriedSpeech.Plan {

        private final SpeechRequest request;
        private final Iterator<Upstream> candidates;
        private final List<SpeechException> failures = new ArrayList<>();
        private Upstream upstream;
        private Upstream.Tries tries;

        /** @param candidates at least one, in order of preference */
        Route(SpeechRequest request, List<Upstream> candidates) {
            this.request = request;
            this.candidates = candidates.iterator();
            this.upstream = this.candidates.next();
            this.tries = upstream.tries(request);
        }

        @Override
        public Speech next() {
            return tries.next();
        }

        @Override
        public Mono<Long> again(SpeechException failed, RetriedSpeech.Progress progress) {
            return tries.again(failed, progress).switchIfEmpty(Mono.defer(() -> onward(progress.isHeard())));
        }

        /**
         * Goes on only if the service differed from its own earlier sound; if it differed from another service's, the speech
         * ends.
         */
        @Override
        public Mono<Long> differed() {
            return tries.leads() ? onward(true) : Mono.empty();
        }

        /** Goes on to the next service, if there is one and it may help. */
        private Mono<Long> onward(boolean heard) {
            failures.add(tries.failure());
            SpeechFailure failure = tries.failure().failure();
            if (Remedy.of(failure) == Remedy.NONE) {
                return Mono.empty();
            }
            if (!candidates.hasNext()) {
                return heard ? Mono.empty() : Mono.error(mostUseful());
            }
            LOG.atWarn()
                    .addKeyValue("upstream", upstream.name())
                    .addKeyValue("code", failure.code())
                    .log("A speech request goes to the next upstream");
            upstream = candidates.next();
            tries = upstream.tries(request);
            return Mono.just(0L);
        }

        private SpeechException mostUseful() {
            return failures.stream()
                    .filter(failed -> failed.failure() instanceof Throttled)
                    .findFirst()
                    .orElse(failures.getFirst());
        }
    }
}
