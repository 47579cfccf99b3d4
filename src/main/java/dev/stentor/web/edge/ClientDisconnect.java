package dev.stentor.web.edge;

import io.netty.handler.ssl.SslClosedEngineException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.DisconnectedClientHelper;

/** Test for errors that mean nothing but that the client has gone. They are no fault of the gateway, and are not logged as one. */
public final class ClientDisconnect {

    private ClientDisconnect() {}

    /**
     * Returns whether an error, or a cause of it, says that the client has gone. Besides what Spring knows, that is a write after the end of
     * TLS: the client or the gateway ended it, and the connection's own end is still to come.
     */
    public static boolean isCauseOf(Throwable error) {
        return DisconnectedClientHelper.isClientDisconnectedException(error) || isEndOfTls(error);
    }

    private static boolean isEndOfTls(@Nullable Throwable error) {
        Throwable cause = error;
        while (cause != null && !(cause instanceof SslClosedEngineException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
