package dev.stentor.web.listen;

import dev.stentor.broadcast.Format;
import dev.stentor.broadcast.JoinRequest;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.broadcast.socket.CloseReason;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of a client's hello, which throws {@link BadMessage} with the field that is wrong. */
final class Hello {

    private static final int MAX_CLIENT_ID = 128;

    private Hello() {}

    /** @param offered the formats that can be had; the first one is for clients that do not choose */
    static JoinRequest read(JsonNode hello, String connection, List<Format> offered) {
        if (!hello.path("v").isIntegralNumber() || hello.path("v").asInt(0) != 1) {
            throw new BadMessage(CloseReason.VERSION, "v", "This gateway speaks version 1 of the protocol.");
        }
        Format format = format(hello.path("formats"), offered);
        return new JoinRequest(
                connection, client(hello.path("client").path("id")), start(hello), resume(hello), format, sync(hello));
    }

    /** Tells whether the client asks for the loudness of the mix. */
    static boolean wantsLevels(JsonNode hello) {
        JsonNode levels = hello.path("levels");
        if (!levels.isMissingNode() && !levels.isBoolean()) {
            throw new BadMessage("levels", "The value is true or false.");
        }
        return levels.booleanValue(false);
    }

    /** Returns the first of the client's formats that is offered. */
    private static Format format(JsonNode wanted, List<Format> offered) {
        if (wanted.isMissingNode()) {
            return offered.getFirst();
        }
        if (!wanted.isArray()) {
            throw new BadMessage("formats", "The formats are a list of texts.");
        }
        return wanted.valueStream()
                .filter(JsonNode::isString)
                .flatMap(name -> Format.named(name.stringValue()).stream())
                .filter(offered::contains)
                .findFirst()
                .orElseThrow(() -> new BadMessage(
                        CloseReason.NO_COMMON_FORMAT,
                        "formats",
                        "This gateway offers "
                                + offered.stream().map(Format::fullName).collect(Collectors.joining(" and ")) + "."));
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

    private static boolean sync(JsonNode hello) {
        return switch (hello.path("sync").asString("off")) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new BadMessage("sync", "The value is on or off.");
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
