package dev.stentor.app;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines what is missing, where Spring would print the way to it. Named in {@code META-INF/spring.factories}. */
class MissingKeyAnalyzer extends AbstractFailureAnalyzer<MissingKeyAnalyzer.MissingKey> {

    /** The cloud service was chosen, but there is no key for it. */
    static final class MissingKey extends RuntimeException {
        MissingKey() {
            super("gateway.engine is dashscope, but there is no key: set DASHSCOPE_API_KEY in the environment");
        }
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingKey cause) {
        return new FailureAnalysis(
                "gateway.engine is dashscope, but there is no key for the service.",
                "Set DASHSCOPE_API_KEY in the environment, or gateway.engine=local for the embedded voice.",
                cause);
    }
}
