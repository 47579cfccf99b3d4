package dev.stentor.broadcast;

import dev.stentor.codec.Voiced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two seconds of {@link Voiced} as a listener in Opus gets them: the file from which the player's tests decode. Its {@code main} writes
 * the file anew, after a change of the encoder.
 */
final class GoldenOpus {

    private static final Path FILE = Path.of("src", "test", "resources", "golden", "opus.json");
    private static final int FRAMES = 100;

    private GoldenOpus() {}

    /** The messages, in hex. */
    static List<String> frames() {
        var stage = new Stage();
        var outlet = new RecordingOutlet();
        var loop = new Stage.Loop();
        stage.join(outlet, loop, new JoinRequest("c1", null, JoinRequest.Start.LIVE, null, Format.OPUS, false))
                .ping();
        stage.start("u1");
        stage.say(Voiced.samples(FRAMES * 480), loop);
        stage.close();
        return outlet.frames().stream().map(HexFormat.of()::formatHex).toList();
    }

    public static void main(String[] arguments) throws IOException {
        Files.writeString(
                FILE,
                frames().stream().map(frame -> "\"" + frame + "\"").collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }
}
