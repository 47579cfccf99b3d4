package dev.stentor.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application as a user starts it, on a free loopback port. The caller closes the context. */
final class WholeGateway {

    private WholeGateway() {}

    /**
     * Starts a gateway.
     *
     * @param folder where its recordings and uploads are kept
     * @param more further arguments
     */
    static ConfigurableApplicationContext start(Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--gateway.overload.lateness=0s", // a busy machine refuses no work
                "--gateway.archive.directory=" + folder.resolve("archive"),
                "--gateway.sources.uploads=" + folder.resolve("sounds")));
        arguments.addAll(Arrays.asList(more));
        return SpringApplication.run(GatewayApplication.class, arguments.toArray(String[]::new));
    }

    /** Starts a gateway whose cloud service is at an address, with a key that the service gets. */
    static ConfigurableApplicationContext startBefore(String cloud, String key, Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--gateway.engine=dashscope",
                "--gateway.dashscope.base-url=" + cloud,
                "--gateway.dashscope.api-key=" + key));
        arguments.addAll(Arrays.asList(more));
        return start(folder, arguments.toArray(String[]::new));
    }

    /** Returns the port on which it serves. */
    static int port(ApplicationContext gateway) {
        return gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
