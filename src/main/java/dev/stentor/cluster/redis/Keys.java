package dev.stentor.cluster.redis;

import java.time.LocalDate;
import java.util.List;

/**
 * The names in Redis. A channel's name stands in braces, so that all its keys lie in one slot and one script can change them.
 *
 * @param prefix what all names begin with
 */
record Keys(String prefix) {

    /** Returns the stream of a channel's history, and the name under which its entries are published. */
    String stream(String channel) {
        return of(channel, "s");
    }

    /** Returns the hash of a channel's lease: {@code o} its owner, {@code e} its epoch, {@code u} its end in ms of Redis's time. */
    String lease(String channel) {
        return of(channel, "l");
    }

    /** Returns the hash of the texts for the next leader. */
    String texts(String channel) {
        return of(channel, "t");
    }

    /** Returns the names that the scripts of a channel take, in their order. */
    List<String> all(String channel) {
        return List.of(lease(channel), stream(channel), texts(channel));
    }

    /** Returns the first of those names: all that an append takes, since each of them costs Redis time. */
    List<String> history(String channel) {
        return List.of(lease(channel), stream(channel));
    }

    /** Returns the hash of what the nodes have of a channel. */
    String presence(String channel) {
        return of(channel, "p");
    }

    /** Returns the hash of the nodes. */
    String nodes() {
        return prefix + "nodes";
    }

    /** Returns the text of a ticket. */
    String ticket(String hash) {
        return prefix + "ticket:" + hash;
    }

    /** Returns the archive that has, or makes, the recording of a request. */
    String request(String key) {
        return prefix + "request:" + key;
    }

    /** Returns the time up to which a caller's requests are used. */
    String rate(String caller) {
        return of("caller " + caller, "rate");
    }

    /** Returns what a caller holds on all nodes, and what was paid for it on a day, in one slot. */
    List<String> usage(String caller, LocalDate day) {
        return List.of(of("caller " + caller, "held"), of("caller " + caller, "paid:" + day));
    }

    private String of(String name, String kind) {
        return prefix + "{" + name + "}:" + kind;
    }
}
