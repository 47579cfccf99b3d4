package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Mp3Sound;
import dev.stentor.codec.Mp3BitRate;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IcyStreamTest {

    private static final int FRAME_BYTES = 192;
    private static final int INTERVAL_BYTES = IcyStream.intervalBytes(Mp3BitRate.SPEECH);

    @Test
    void anIntervalIsAWholeNumberOfFrames() {
        for (int bitsPerSecond : new int[] {32_000, 56_000, 64_000, 144_000, 160_000}) {
            var rate = new Mp3BitRate(bitsPerSecond);
            assertThat(IcyStream.intervalBytes(rate) % rate.frameBytes()).isZero();
        }
    }

    @Test
    void aTitleIsToldOnceAndAgainWhenItChanges() {
        Read read = read(List.of(sounds("", 20), sounds("One.", 40), sounds("Two.", 20), sounds("", 20)));
        assertThat(read.titles)
                .containsExactly("", "StreamTitle='One.';", "", "StreamTitle='Two.';", "StreamTitle='';");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theFramesBetweenTheTitlesAreThoseThatCame(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Mp3Sound> sounds = new ArrayList<>();
        var sound = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            byte[] frames = new byte[FRAME_BYTES * random.nextInt(1, 50)];
            random.nextBytes(frames);
            sound.writeBytes(frames);
            sounds.add(new Mp3Sound(ByteBuffer.wrap(frames), "Title " + i, false));
        }
        assertThat(read(List.of(sounds)).sound).isEqualTo(ByteBuffer.wrap(sound.toByteArray()));
    }

    @Test
    void aTitleIsOneLineThatNothingInItEnds() {
        assertThat(read(List.of(sounds("It's';\nover\u2028here", 20))).titles)
                .containsExactly("StreamTitle='It’s’; over here';");
    }

    @Test
    void aTitleThatIsTooLongIsCutBetweenCharacters() {
        Read read = read(List.of(sounds("x" + "語".repeat(2_000), 20)));
        String title = read.titles.getFirst();
        assertThat(title).startsWith("StreamTitle='x語").endsWith("語';").doesNotContain("\uFFFD");
        assertThat(title.getBytes(UTF_8).length).isBetween(4_076, 4_080);
    }

    private static List<Mp3Sound> sounds(String title, int frames) {
        List<Mp3Sound> sounds = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            sounds.add(new Mp3Sound(ByteBuffer.allocate(FRAME_BYTES), title, false));
        }
        return sounds;
    }

    /** Sound and titles, as a radio takes them apart. */
    private record Read(ByteBuffer sound, List<String> titles) {}

    private static Read read(List<List<Mp3Sound>> parts) {
        var stream = new ByteArrayOutputStream();
        var titled = new IcyStream(Mp3BitRate.SPEECH);
        parts.forEach(part -> part.forEach(sound -> stream.writeBytes(titled.withTitles(sound))));
        byte[] bytes = stream.toByteArray();
        var sound = new ByteArrayOutputStream();
        List<String> titles = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(INTERVAL_BYTES, bytes.length - at);
            sound.write(bytes, at, count);
            at += count;
            if (at < bytes.length) {
                int length = 16 * (bytes[at] & 0xFF);
                titles.add(new String(bytes, at + 1, length, UTF_8).replace("\0", ""));
                at += 1 + length;
            }
        }
        return new Read(ByteBuffer.wrap(sound.toByteArray()), titles);
    }
}
