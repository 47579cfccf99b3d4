package dev.stentor.usage;

import java.util.List;
import reactor.core.publisher.Mono;

/** The port to what the other nodes of a cluster have counted. Thread-safe. */
public interface OtherUsage {

    /** Emits what each of the other nodes counted that answers in time. Never fails. */
    Mono<Answers> usage(UsageQuery query);

    /**
     * Answers of nodes.
     *
     * @param rows rows of all nodes that answered, in any order; equal ones are not added up
     * @param answered how many nodes answered
     * @param missing how many nodes are there and did not answer
     */
    record Answers(List<UsageRow> rows, int answered, int missing) {}
}
