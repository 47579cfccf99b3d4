package dev.stentor.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The methods and patterns of all routes of router functions, such as {@code GET /v1/models}; {@code ANY} if a route has no method. */
final class Routes implements RouterFunctions.Visitor {

    private final Set<String> found = new TreeSet<>();
    private final List<@Nullable String> nested = new ArrayList<>();

    /** Returns the routes of all router functions of a gateway, in alphabetical order. */
    @SuppressWarnings("rawtypes")
    static Set<String> of(ApplicationContext gateway) {
        var routes = new Routes();
        for (RouterFunction function :
                gateway.getBeansOfType(RouterFunction.class).values()) {
            function.accept(routes);
        }
        return routes.found;
    }

    /** Returns the routes that have a method. */
    static Set<String> withMethodOf(ApplicationContext gateway) {
        return of(gateway).stream()
                .filter(route -> !route.startsWith("ANY "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        nested.add(Predicate.of(predicate).path);
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        var _ = nested.removeLast();
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        Predicate seen = Predicate.of(predicate);
        String path = seen.path == null
                ? nested.stream().filter(p -> p != null).findFirst().orElse("?")
                : seen.path;
        if (seen.methods.isEmpty()) {
            found.add("ANY " + path);
        }
        seen.methods.forEach(method -> found.add(method + " " + path));
    }

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
        found.add("GET resources");
    }

    @Override
    public void attributes(java.util.Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> function) {
        found.add("unknown " + function);
    }

    /** The method and the path of one predicate. */
    private static final class Predicate implements RequestPredicates.Visitor {
        private final Set<HttpMethod> methods = new TreeSet<>();
        private @Nullable String path;

        static Predicate of(RequestPredicate predicate) {
            var seen = new Predicate();
            predicate.accept(seen);
            return seen;
        }

        @Override
        public void method(Set<HttpMethod> allowed) {
            methods.addAll(allowed);
        }

        @Override
        public void path(String pattern) {
            path = pattern;
        }

        @Override
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
}
