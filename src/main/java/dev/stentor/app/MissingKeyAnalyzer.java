package dev.stentor.app;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines what is missing, where Spring would print the way to it. Named in {@code META-INF/spring.factories}. */
class MissingKeyAnalyzer extends AbstractFailureAnalyzer<MissingKeyAnalyzer.MissingKey> {

    /** The upstreams were chosen, but there is no key for any. */
    static final class MissingKey extends RuntimeException {
        MissingKey() {
            super("gateway.engine wants an upstream, but none has a key: set DASHSCOPE_API_KEY in the environment");
        }
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingKey cause) {
        return new FailureAnalysis(
                "gateway.engine wants an upstream, but none has a key.",
                "Set DASHSCOPE_API_KEY in the environment, or gateway.engine=local for the embedded voice.",
                cause);
    }
}
