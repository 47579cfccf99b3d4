package dev.stentor.app;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An analyzer that reports rules of access which cannot be used, in two sentences, where Spring would print a stack trace. Registered
 * in {@code META-INF/spring.factories}.
 */
class AccessRulesAnalyzer extends AbstractFailureAnalyzer<AccessRulesAnalyzer.UnusableRules> {

    /** The failure that the rules cannot be used, or that there are none where there must be. */
    static final class UnusableRules extends RuntimeException {

        private final String remedy;

        private UnusableRules(String problem, String remedy) {
            super(problem);
            this.remedy = remedy;
        }

        /** Says that the server is bound to more than loopback without any rules. */
        static UnusableRules missing(BoundAddress bound) {
            return new UnusableRules(
                    "server.address is " + bound
                            + ", and there are no rules of access: everybody could speak and listen.",
                    "Make a key with --new-key=NAME and set its line as gateway.access.keys[0]; or set"
                            + " gateway.access.open=true if something else keeps others away, such as a firewall or a proxy.");
        }

        /** Says that a key, or the file of keys, is wrong. */
        static UnusableRules wrongKeys(Exception cause) {
            return new UnusableRules(
                    "The keys cannot be used: " + cause.getMessage() + ".",
                    "Correct gateway.access.keys, or the file of gateway.access.key-file. --new-key=NAME makes a key and its line.");
        }

        /** Says that other rules are wrong. */
        static UnusableRules wrong(IllegalArgumentException cause) {
            return new UnusableRules(
                    "The rules of access cannot be used: " + cause.getMessage() + ".",
                    "Correct gateway.access; docs/configuration.md describes it.");
        }
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableRules cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy, cause);
    }
}
