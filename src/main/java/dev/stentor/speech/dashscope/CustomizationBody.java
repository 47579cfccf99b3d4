package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.voices.CloneOrder;
import dev.stentor.speech.voices.VoiceStudio;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A writer of the bodies of requests about voices. */
final class CustomizationBody {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CustomizationBody() {}

    /** Returns a small body of one part; leaves the parameters out if they are null. */
    static VoiceStudio.Body of(String model, Map<String, Object> input, @Nullable Map<String, Object> parameters) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("input", input);
        if (parameters != null) {
            body.put("parameters", parameters);
        }
        byte[] bytes = JSON.writeValueAsBytes(body);
        return new VoiceStudio.Body(bytes.length, Flux.just(ByteBuffer.wrap(bytes)));
    }

    /** Returns a body with a recording in {@code input.audio.data}; it is encoded while the recording is read. */
    static VoiceStudio.Body withRecording(String model, Map<String, Object> input, CloneOrder.Recording recording) {
        String fields = JSON.writeValueAsString(input);
        byte[] head = ("{\"model\":" + JSON.writeValueAsString(model) + ",\"input\":"
                        + fields.substring(0, fields.length() - 1) + ",\"audio\":{\"data\":\"data:"
                        + recording.mediaType() + ";base64,")
                .getBytes(UTF_8);
        byte[] tail = "\"}}}".getBytes(UTF_8);
        Flux<byte[]> parts = Flux.concat(
                Mono.just(head), Base64Stream.encode(recording.content(), recording.bytes()), Mono.just(tail));
        return new VoiceStudio.Body(
                head.length + Base64Stream.characters(recording.bytes()) + tail.length, parts.map(ByteBuffer::wrap));
    }
}
