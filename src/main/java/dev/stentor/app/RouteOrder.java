package dev.stentor.app;

import org.springframework.core.Ordered;

/**
 * The order in which a request is offered to routes, lowest number first. All web filters come before them, and the files of the page
 * after them.
 */
final class RouteOrder {

    /** The APIs, whose routes do not overlap. */
    static final int APIS = 0;

    /** The recordings: the path of the OpenAI API lies among theirs, so that API is asked first. */
    static final int RECORDINGS = 1;

    /** The answer to requests that no other route takes. */
    static final int NOT_FOUND = Ordered.LOWEST_PRECEDENCE;

    private RouteOrder() {}
}
