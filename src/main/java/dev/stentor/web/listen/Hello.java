package dev.stentor.web.listen;

import dev.stentor.broadcast.CloseReason;
import dev.stentor.broadcast.JoinRequest;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a client's hello; throws {@link BadMessage} with the field that is wrong. */
final class Hello {

    private static final String PCM = "pcm_s16le/24000/1";
    private static final int MAX_CLIENT_ID = 128;

    private Hello() {}

    static JoinRequest read(JsonNode hello, String connection) {
        if (hello.path("v").asInt(0) != 1) {
            throw new BadMessage(CloseReason.VERSION, "v", "This gateway speaks version 1 of the protocol.");
        }
        requirePcm(hello.path("formats"));
        return new JoinRequest(connection, client(hello.path("client").path("id")), start(hello), resume(hello));
    }

    private static void requirePcm(JsonNode formats) {
        if (formats.isMissingNode()) {
            return;
        }
        if (!formats.isArray()) {
            throw new BadMessage("formats", "The formats are a list of texts.");
        }
        for (JsonNode format : formats) {
            if (format.isString() && format.stringValue().equals(PCM)) {
                return;
            }
        }
        throw new BadMessage(CloseReason.NO_COMMON_FORMAT, "formats", "This gateway offers " + PCM + ".");
    }

    private static @Nullable String client(JsonNode id) {
        if (id.isMissingNode() || id.isNull()) {
            return null;
        }
        if (!id.isString() || id.stringValue().isBlank() || id.stringValue().length() > MAX_CLIENT_ID) {
            throw new BadMessage("client.id", "A client id is a text of 1 to " + MAX_CLIENT_ID + " characters.");
        }
        return id.stringValue();
    }

    private static Start start(JsonNode hello) {
        return switch (hello.path("join").asString("live")) {
            case "live" -> Start.LIVE;
            case "utterance" -> Start.UTTERANCE;
            case "ring" -> Start.RING;
            default -> throw new BadMessage("join", "One may join live, utterance or ring.");
        };
    }

    private static @Nullable Resume resume(JsonNode hello) {
        JsonNode resume = hello.path("resume");
        if (resume.isMissingNode() || resume.isNull()) {
            return null;
        }
        return new Resume(
                number(resume, "epoch"), number(resume, "seq"), resume.has("pos") ? number(resume, "pos") : null);
    }

    private static long number(JsonNode resume, String field) {
        JsonNode value = resume.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new BadMessage("resume." + field, "To resume, give the numbers as they were received.");
        }
        return value.longValue();
    }
}
