package dev.stentor.web.connection;

import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log of what clients do wrong: one line each, at info, without the query. */
final class FaultLog {

    /** Keeps the name that log filters know. */
    private static final Logger LOG = LoggerFactory.getLogger(RequestFaults.class);

    private static final int SHOWN_CHARACTERS = 100;

    private FaultLog() {}

    /**
     * Writes the line.
     *
     * @param path path of the request; see {@link #pathOf}
     */
    static void refused(Channel connection, String path, RequestFault fault) {
        LOG.atInfo()
                .addKeyValue("from", connection.remoteAddress())
                .addKeyValue("code", fault.code())
                .log("A request of {} was refused", printable(path));
    }

    /** Writes the line of a connection that broke the protocol, with the protocol's own name of the error. */
    static void broken(Channel connection, String error) {
        LOG.atInfo()
                .addKeyValue("from", connection.remoteAddress())
                .addKeyValue("code", error)
                .log("A connection broke the rules of HTTP/2");
    }

    /** Returns the path of an address, without the query; a slash if it is none. */
    static String pathOf(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        return path.startsWith("/") ? path : "/";
    }

    /** Returns a path for the log: a client cannot write lines of its own, or long ones. */
    private static String printable(String path) {
        String visible = path.replaceAll("[^\\x21-\\x7e]", "?");
        return visible.length() <= SHOWN_CHARACTERS ? visible : visible.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
