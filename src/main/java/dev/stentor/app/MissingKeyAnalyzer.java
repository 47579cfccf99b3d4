package dev.stentor.app;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An analyzer that reports a missing key in two sentences, where Spring would print a stack trace. Registered in {@code
 * META-INF/spring.factories}.
 */
class MissingKeyAnalyzer extends AbstractFailureAnalyzer<MissingKeyAnalyzer.MissingKey> {

    /** The failure that upstreams were chosen, but none has a key. */
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
