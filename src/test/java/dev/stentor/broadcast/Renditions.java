package dev.stentor.broadcast;

import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.codec.Voiced;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests for Opus, and the parts of what listeners get that are the same in each rendition. */
final class Renditions {

    static final short[] SPEECH = Voiced.samples(100 * 480);

    private Renditions() {}

    static JoinRequest inOpus(Start start, @Nullable Resume resume) {
        return new JoinRequest("c", null, start, resume, Format.OPUS, false);
    }

    static List<String> headers(RecordingOutlet outlet) {
        return outlet.frames().stream()
                .map(frame -> Arrays.toString(Arrays.copyOf(frame, 24)))
                .toList();
    }

    static List<JsonNode> events(RecordingOutlet outlet) {
        return outlet.messages.stream()
                .map(RecordingOutlet.Message::json)
                .filter(json -> json.has("seq"))
                .toList();
    }
}
