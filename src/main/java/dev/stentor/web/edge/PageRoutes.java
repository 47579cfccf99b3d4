package dev.stentor.web.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The routes of the pages that have an address of their own, without the ending of their file. What a page loads is served as a file,
 * and so is the page at {@code /}.
 */
public final class PageRoutes {

    private static final List<String> PAGES = List.of("kiosk", "monitor");

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private PageRoutes() {}

    /** Returns the routes. Reads the pages from the class path now, so that no event loop does. */
    public static RouterFunction<ServerResponse> routes() {
        var routes = RouterFunctions.route();
        for (String page : PAGES) {
            byte[] content = read(page);
            routes.GET(
                    "/" + page,
                    _ -> ServerResponse.ok()
                            .contentType(HTML)
                            .cacheControl(CacheControl.noCache())
                            .bodyValue(content));
        }
        return routes.build();
    }

    private static byte[] read(String page) {
        try (InputStream file = PageRoutes.class.getResourceAsStream("/static/" + page + ".html")) {
            return Objects.requireNonNull(file, page).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
