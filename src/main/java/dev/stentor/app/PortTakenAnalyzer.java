package dev.stentor.app;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * An analyzer that says which of the two ports is taken, and which key sets it. Spring's own names the number only. Registered in
 * {@code META-INF/spring.factories}.
 */
@Order(0)
class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

    private final @Nullable Environment environment;

    /** @param environment settings of the start that failed; null if it failed before they were read */
    PortTakenAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        int port = cause.getPort();
        boolean management = environment != null
                && Integer.toString(port).equals(environment.getProperty(ManagementPort.KEY))
                && !Integer.toString(port).equals(environment.getProperty("server.port"));
        String what = management ? "for health and metrics" : "of the gateway";
        String key = management ? ManagementPort.KEY : "server.port";
        String follows = management
                ? ""
                : " Health and metrics follow on the next port, unless " + ManagementPort.KEY + " is set.";
        return new FailureAnalysis(
                "Port " + port + " " + what + " is taken by another process.",
                "Set " + key + " to a free port, or to 0 for any, or end the other process." + follows,
                cause);
    }
}
