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
 * A reader that takes the sound out of the events of one answer. Confined to a subscription, except that {@link #progress()} may
 * be called from any thread.
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

    /** Completes when the service has said that the sound is complete. */
    Mono<Void> stopped() {
        return stopped.asMono();
    }

    /** Notes the service's id of the request, which a header may give before the first frame. */
    void requestId(String requestId) {
        progress = progress.withRequestId(requestId);
    }

    /** Counts samples of this answer that came from another place. */
    void heardElsewhere(int samples) {
        progress = progress.plusSamples(samples);
    }

    /** Reads one event; emits at most one buffer. Ignores everything after the stop. */
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

    /** Returns the whole samples of a frame. Half a sample at the very end is dropped, because it is no sound. */
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

    /**
     * Tells whether an event is to be ignored: its name is neither a result nor an error, or it is the sentinel of another API.
     */
    private static boolean isNoise(ServerEvent event) {
        return switch (event.type()) {
            case "result", "message", "error" -> event.data().equals("[DONE]");
            default -> true;
        };
    }
}
