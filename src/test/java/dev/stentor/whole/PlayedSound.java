package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** The samples that a page played, as its script wrote them: 0 where the player said that it changed the sound's length. */
final class PlayedSound {

    private PlayedSound() {}

    /**
     * Checks that a page played these bytes, except where it named the place.
     *
     * @param file what the script wrote
     * @param altered the places, each {@code {from, to}} in samples; no more than half of the sound
     */
    static void assertIs(Path file, JsonNode altered, byte[] expected) throws IOException {
        byte[] sent = expected.clone();
        int count = 0;
        for (JsonNode part : altered) {
            int from = part.path("from").asInt() * Short.BYTES;
            int to = part.path("to").asInt() * Short.BYTES;
            Arrays.fill(sent, from, to, (byte) 0);
            count += to - from;
        }
        assertThat(count).as("altered bytes of %s", file).isLessThanOrEqualTo(expected.length / 2);
        assertThat(Files.readAllBytes(file)).as("%s", file).isEqualTo(sent);
    }
}
