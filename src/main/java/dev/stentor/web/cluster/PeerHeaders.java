package dev.stentor.web.cluster;

import java.util.Locale;
import java.util.Set;

/** The headers between nodes. */
final class PeerHeaders {

    /** The secret of the cluster, by which a node knows another one. */
    static final String SECRET = "Stentor-Peer";

    /** The address of the client whose request is passed on. */
    static final String CLIENT = "Stentor-Client";

    /** The holder of a ticket that a node has admitted, and vouches for. */
    static final String CALLER = "Stentor-Caller";

    /** Names of headers that concern one connection, in small letters, and of those that are written anew. */
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "stentor-peer",
            "stentor-client",
            "stentor-caller");

    private PeerHeaders() {}

    /** Tells whether a header goes on to the other side. */
    static boolean goesOn(String name) {
        return !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }
}
