package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Mp3Sound;
import dev.stentor.codec.Mp3BitRate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class Mp3StreamTest {

    private static final int FRAME_BYTES = 192;

    @Test
    void theFirstFrameWaitsForNoOtherAndThenEightGoTogether() {
        assertThat(sent(new Mp3Stream(Mp3BitRate.SPEECH, false), frames(0, 17).concatWith(Flux.never())))
                .extracting(part -> part.length / FRAME_BYTES)
                .containsExactly(1, 8, 8);
    }

    @Test
    void whatComesIsWhatWasSpoken() {
        List<byte[]> parts = sent(new Mp3Stream(Mp3BitRate.SPEECH, false), frames(0, 30));

        assertThat(joined(parts))
                .isEqualTo(joined(
                        IntStream.range(0, 30).mapToObj(Mp3StreamTest::frame).toList()));
    }

    @Test
    void aPauseSendsWhatThereIs() {
        Flux<Mp3Sound> sounds = frames(0, 4)
                .concatWith(Flux.just(new Mp3Sound(ByteBuffer.allocate(0), "", true)))
                .concatWith(Flux.never());

        assertThat(joined(sent(new Mp3Stream(Mp3BitRate.SPEECH, false), sounds)))
                .hasSize(4 * FRAME_BYTES);
    }

    @Test
    void framesOfAnotherRateGoTogetherByEightAsWell() {
        var rate = new Mp3BitRate(32_000);

        assertThat(sent(new Mp3Stream(rate, false), frames(0, 9).concatWith(Flux.never())))
                .hasSize(3);
    }

    @Test
    void theEndSendsTheRest() {
        assertThat(joined(sent(new Mp3Stream(Mp3BitRate.SPEECH, false), frames(0, 12))))
                .hasSize(12 * FRAME_BYTES);
    }

    @Test
    void titlesComeBetweenTheFramesThatGoTogether() {
        byte[] all = joined(sent(new Mp3Stream(Mp3BitRate.SPEECH, true), frames(0, 25)));

        assertThat(all).hasSize(25 * FRAME_BYTES + 1 + 32);
        assertThat(new String(all, IcyStream.intervalBytes(Mp3BitRate.SPEECH) + 1, 32, UTF_8))
                .startsWith("StreamTitle='Hello.';");
    }

    private static Flux<Mp3Sound> frames(int from, int count) {
        return Flux.range(from, count)
                .map(number -> new Mp3Sound(ByteBuffer.wrap(frame(number)).asReadOnlyBuffer(), "Hello.", false));
    }

    private static byte[] frame(int number) {
        var bytes = new byte[FRAME_BYTES];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    private static List<byte[]> sent(Mp3Stream stream, Flux<Mp3Sound> sounds) {
        List<byte[]> parts = new ArrayList<>();
        stream.bytes(sounds).subscribe(buffer -> {
            var part = new byte[buffer.remaining()];
            buffer.get(part);
            parts.add(part);
        });
        return parts;
    }

    private static byte[] joined(List<byte[]> parts) {
        var all =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }
}
