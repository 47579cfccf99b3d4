package dev.stentor.speech.dashscope;

import dev.stentor.audio.SampleAligner;
import dev.stentor.audio.WavHeaderStripper;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.http.ServerEvent;
import dev.stentor.speech.http.WireFailures;
import java.nio.ByteBuffer;
import java.util.Base64;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the sound out of the events of one answer.
 *
 * <p>Confined to a subscription, except that {@link #progress()} may be read from any thread.
 */
final class FrameReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Failures failures;
    private final WavHeaderStripper header = new WavHeaderStripper();
    private final SampleAligner aligner = new SampleAligner();
    private final Sinks.Empty<Void> stopped = Sinks.empty();
    private volatile Progress progress;

    FrameReader(Failures failures, Progress start) {
        this.failures = failures;
        this.progress = start;
    }

    Progress progress() {
        return progress;
    }

    /** Ends when the service has said that nothing is missing. */
    Mono<Void> stopped() {
        return stopped.asMono();
    }

    /** The service's id of the request, if a header gives it earlier than the first frame. */
    void requestId(String requestId) {
        progress = progress.withRequestId(requestId);
    }

    /** Samples of this answer that came from another place. */
    void heardElsewhere(int samples) {
        progress = progress.plusSamples(samples);
    }

    /** Reads one event; emits at most one buffer. What comes after the stop is not looked at. */
    void read(ServerEvent event, SynchronousSink<ByteBuffer> sink) {
        if (progress.stopped() || isNoise(event)) {
            return;
        }
        ResponseFrame frame = frame(event.data());
        if (event.type().equals("error") || frame.isError()) {
            throw new SpeechException(
                    failures.failedInStream(event.status(), frame, progress.requestId(), progress.samples()));
        }
        progress = progress.after(frame);
        ByteBuffer samples = samples(frame);
        if (samples.hasRemaining()) {
            progress = progress.plusSamples(samples.remaining() / 2);
            sink.next(samples);
        }
        if (progress.stopped()) {
            stopped.tryEmitEmpty().orThrow();
        }
    }

    /** Parses the JSON of an event or of an HTTP error. */
    static ResponseFrame frame(String json) {
        try {
            ResponseFrame frame = JSON.readValue(json, ResponseFrame.class);
            if (frame != null) {
                return frame;
            }
        } catch (JacksonException _) { // not kept as the cause: it quotes what it could not read
            throw new SpeechException(WireFailures.malformed("JSON that cannot be read"));
        }
        throw new SpeechException(WireFailures.malformed("an event without content"));
    }

    /** Half a sample at the end of everything is dropped: it is no sound. */
    private ByteBuffer samples(ResponseFrame frame) {
        ByteBuffer sound = header.strip(bytes(frame));
        return aligner.align(sound.hasRemaining() || !progress.stopped() ? sound : header.rest());
    }

    private static ByteBuffer bytes(ResponseFrame frame) {
        ResponseFrame.Audio audio = frame.audio();
        if (audio == null || audio.data() == null) {
            return ByteBuffer.allocate(0);
        }
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(audio.data()));
        } catch (IllegalArgumentException broken) {
            throw new SpeechException(WireFailures.malformed("Base64 that cannot be read"), broken);
        }
    }

    /** Names that are neither a result nor an error, and the sentinel of another API: to be passed over. */
    private static boolean isNoise(ServerEvent event) {
        return switch (event.type()) {
            case "result", "message", "error" -> event.data().equals("[DONE]");
            default -> true;
        };
    }
}
