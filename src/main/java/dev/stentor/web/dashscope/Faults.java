package dev.stentor.web.dashscope;

import dev.stentor.speech.SpeechException;
import dev.stentor.web.edge.ClientDisconnect;
import dev.stentor.web.edge.StorageException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;

/** The translation of errors into faults for the client; errors of the gateway or its upstream are also logged here. */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    static Fault of(String requestId, Throwable error) {
        return switch (error) {
            case Rejection rejection -> rejection.fault();
            case SpeechException speech -> ofEngine(requestId, speech);
            case DataBufferLimitException _ ->
                new Fault(413, "BadRequest.TooLarge", "The request body is too large.", null);
            case StorageException _ ->
                new Fault(StorageException.STATUS.value(), StorageException.CODE, StorageException.SENTENCE, null);
            case TimeoutException _ ->
                new Fault(408, "RequestTimeOut", "The request body stood still for too long.", null);
            default ->
                ClientDisconnect.isCauseOf(error)
                        ? Fault.invalid("The request body broke off.")
                        : unexpected(requestId, error);
        };
    }

    private static Fault ofEngine(String requestId, SpeechException error) {
        Fault fault = Fault.of(error.failure());
        if (fault.status() >= 500) {
            LOG.atWarn()
                    .addKeyValue("requestId", requestId)
                    .addKeyValue("code", error.failure().code())
                    .log("Speech failed");
        }
        return fault;
    }

    /** Logs an unexpected exception by its type and place only, because its message may quote the user's text. */
    private static Fault unexpected(String requestId, Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        LOG.atError()
                .addKeyValue("requestId", requestId)
                .addKeyValue("exception", error.getClass().getName())
                .addKeyValue("at", trace.length == 0 ? "unknown" : trace[0].toString())
                .log("Unexpected failure of a speech request");
        return Fault.internal();
    }
}
