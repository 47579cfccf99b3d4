package dev.stentor.web.openai;

import dev.stentor.codec.ffmpeg.EncoderException;
import dev.stentor.speech.SpeechException;
import dev.stentor.web.edge.ClientDisconnect;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;

/** The translation of errors into faults for the client; errors of the gateway or its upstream are also logged here. */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private Faults() {}

    static Fault of(String requestId, Throwable error) {
        return switch (error) {
            case Rejection rejection -> rejection.fault();
            case SpeechException speech -> ofEngine(requestId, speech);
            case EncoderException encoder -> ofEncoder(requestId, encoder);
            case DataBufferLimitException _ -> Fault.of(413, "request_too_large", "The request body is too large.");
            default ->
                ClientDisconnect.isCauseOf(error)
                        ? Fault.of(400, "incomplete_body", "The request body broke off.")
                        : unexpected(requestId, error);
        };
    }

    private static Fault ofEngine(String requestId, SpeechException error) {
        Fault fault = Fault.of(error.failure());
        if (fault.status() >= 500) {
            LOG.atWarn()
                    .addKeyValue("requestId", requestId)
                    .addKeyValue("code", fault.code())
                    .log("Speech failed");
        }
        return fault;
    }

    private static Fault ofEncoder(String requestId, EncoderException error) {
        if (error.isBusy()) {
            return new Fault(503, String.valueOf(error.getMessage()), null, "encoder_busy", RETRY);
        }
        LOG.atWarn().addKeyValue("requestId", requestId).log("{}", error.getMessage());
        return Fault.of(500, "encoder_failed", String.valueOf(error.getMessage()));
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
