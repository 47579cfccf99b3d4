package dev.stentor.app;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An analyzer that reports a gateway whose links anybody could direct elsewhere, in two sentences, where Spring would print a stack
 * trace. Registered in {@code META-INF/spring.factories}.
 */
class PublicAddressAnalyzer extends AbstractFailureAnalyzer<PublicAddressAnalyzer.MissingPublicAddress> {

    /** The failure that the server is bound to more than loopback, and no address is configured for links. */
    static final class MissingPublicAddress extends RuntimeException {
        MissingPublicAddress(BoundAddress bound) {
            super("server.address is " + bound
                    + ", and gateway.api.public-address is not set: the addresses of recordings would"
                    + " name whatever host a request names.");
        }
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingPublicAddress cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set gateway.api.public-address to the address under which clients reach this gateway, such as"
                        + " https://tts.example; or set gateway.api.trust-host=true if something in front of it, such as a proxy,"
                        + " lets no other names through.",
                cause);
    }
}
