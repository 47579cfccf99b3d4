package dev.stentor.web.connection;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * The progress of the answers on one connection: whether one is being written, and whether the connection has become a WebSocket.
 * Confined to the connection's event loop.
 */
final class AnswerProgress {

    private boolean answering;
    private boolean upgraded;

    /** Takes note of a message that is about to be written. Returns true if an answer ends with it; interim answers (1xx) do not count. */
    boolean endsWith(Object message) {
        if (message instanceof HttpResponse response) {
            answering = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
            upgraded |= response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        }
        boolean ends = answering && message instanceof LastHttpContent;
        if (ends) {
            answering = false;
        }
        return ends;
    }

    /** Tells whether an answer has begun and not ended. */
    boolean isAnswering() {
        return answering;
    }

    /** Tells whether the connection has become a WebSocket. */
    boolean isUpgraded() {
        return upgraded;
    }
}
