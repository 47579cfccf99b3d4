package dev.stentor.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** A walk over router functions that collects their routes as method and path. A route for any method, such as the last, does not count. */
final class RouteWalk implements RouterFunctions.Visitor, RequestPredicates.Visitor {

    private final List<String> routes = new ArrayList<>();
    private final List<String> nesting = new ArrayList<>();
    private Set<HttpMethod> methods = Set.of();
    private @Nullable String path;

    /** Returns what was found. */
    List<String> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        methods = Set.of();
        path = null;
        predicate.accept(this);
        String whole = String.join("", nesting) + (path == null ? "" : path);
        methods.forEach(method -> routes.add(method.name().toLowerCase(Locale.ROOT) + " " + whole));
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        path = null;
        predicate.accept(this);
        nesting.add(path == null ? "" : path);
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        nesting.removeLast();
    }

    @Override
    public void method(Set<HttpMethod> some) {
        methods = some;
    }

    @Override
    public void path(String pattern) {
        path = pattern;
    }

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> routerFunction) {}

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public void pathExtension(String extension) {}

    @Override
    public void header(String name, String value) {}

    @Override
    public void queryParam(String name, String value) {}

    @Override
    public void version(String version) {}

    @Override
    public void startAnd() {}

    @Override
    public void and() {}

    @Override
    public void endAnd() {}

    @Override
    public void startOr() {}

    @Override
    public void or() {}

    @Override
    public void endOr() {}

    @Override
    public void startNegate() {}

    @Override
    public void endNegate() {}

    @Override
    public void unknown(RequestPredicate predicate) {}
}
