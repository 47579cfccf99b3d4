package dev.stentor.app;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The default of {@code management.server.port}: the port after the gateway's own, so 8081 beside 8080. A gateway on any free port
 * (0) has its management on any free port too, so that several of them can start on one machine. Registered in {@code
 * META-INF/spring.factories}.
 */
class ManagementPort implements EnvironmentPostProcessor {

    /** The key that sets the port. */
    static final String KEY = "management.server.port";

    private static final int STANDARD = 8_080;
    private static final int LAST = 65_535;

    /** Adds the default behind all other sources of settings, so that every one of them wins. */
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        int port = environment.getProperty("server.port", Integer.class, STANDARD);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("management port", Map.of(KEY, Integer.toString(beside(port)))));
    }

    /** Returns the port beside another one; 0, which is any free port, stays 0, and so does -1, which is none. */
    static int beside(int port) {
        if (port <= 0) {
            return port;
        }
        return port < LAST ? port + 1 : port - 1;
    }
}
