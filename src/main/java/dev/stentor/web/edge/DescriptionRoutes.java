package dev.stentor.web.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The route of the description of all HTTP APIs, in OpenAPI. */
public final class DescriptionRoutes {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private DescriptionRoutes() {}

    /** Returns the route. Reads the description from the class path now, so that no event loop does. */
    public static RouterFunction<ServerResponse> routes() {
        byte[] description = read();
        return RouterFunctions.route()
                .GET("/openapi", _ -> ServerResponse.ok().contentType(YAML).bodyValue(description))
                .build();
    }

    private static byte[] read() {
        try (InputStream file = DescriptionRoutes.class.getResourceAsStream("/openapi.yaml")) {
            return Objects.requireNonNull(file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
