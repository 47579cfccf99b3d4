package dev.stentor.speech.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamDecoderTest {

    private static final int LIMIT = 1 << 20;

    private static final List<String> LINES = List.of(
            "",
            "",
            "data:x",
            "data: \u6587\u5B57 \uD83D\uDD0A",
            "data",
            "data:",
            "event:result",
            "event: error",
            "id:7",
            "id",
            ":",
            ":HTTP_STATUS/429",
            ": ping",
            "retry:10",
            "unknown:field",
            "data:a:b",
            " data:no",
            "\uFEFFdata:no");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void splittingAnywhereGivesTheSameEvents(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] stream = stream(random).getBytes(UTF_8);
            assertThat(decode(random, stream)).isEqualTo(events(new String(stream, UTF_8)));
        }
    }

    @Test
    void theServicesFrameIsOneEvent() {
        assertThat(events("id:1\nevent:result\n:HTTP_STATUS/200\ndata:{}\n\n"))
                .containsExactly(new ServerEvent("result", "{}", "1", 200));
    }

    @Test
    void anEventWithoutANameIsAMessage() {
        assertThat(events("data:{}\n\n")).containsExactly(new ServerEvent("message", "{}", "", 0));
    }

    @Test
    void everyLineEndIsALineEnd() {
        var expected = List.of(new ServerEvent("message", "a\nb", "", 0), new ServerEvent("message", "c", "", 0));
        for (String end : List.of("\n", "\r", "\r\n")) {
            assertThat(events("data:a\ndata:b\n\ndata:c\n\n".replace("\n", end)))
                    .isEqualTo(expected);
        }
        assertThat(events("data:a\r\ndata:b\r\rdata:c\n\r\n")).isEqualTo(expected);
    }

    @Test
    void oneLeadingByteOrderMarkIsDropped() {
        assertThat(data("\uFEFFdata:a\n\n")).containsExactly("a");
        assertThat(data("\uFEFF\uFEFFdata:a\n\n")).isEmpty();
        assertThat(data("\n\uFEFFdata:a\n\n")).isEmpty();
    }

    @Test
    void oneSpaceAfterTheColonIsDropped() {
        assertThat(data("data: a\ndata:  b\ndata:\tc\n\n")).containsExactly("a\n b\n\tc");
    }

    @Test
    void dataLinesAreJoinedAndOneLineFeedIsDropped() {
        assertThat(data("data\n\n")).containsExactly("");
        assertThat(data("data\ndata\n\n")).containsExactly("\n");
        assertThat(data("data:\ndata:x\ndata:\n\n")).containsExactly("\nx\n");
    }

    @Test
    void anEventWithoutDataIsNone() {
        assertThat(events("event:result\nid:1\n\ndata:x\n\n")).containsExactly(new ServerEvent("message", "x", "1", 0));
    }

    @Test
    void theIdStaysUntilAnotherComes() {
        assertThat(events("id:1\ndata:a\n\ndata:b\n\nid\ndata:c\n\nid:2\0\ndata:d\n\n"))
                .extracting(ServerEvent::lastId)
                .containsExactly("1", "1", "", "");
    }

    @Test
    void theStatusOfACommentIsThatOfItsEventOnly() {
        assertThat(events(":HTTP_STATUS/400\ndata:a\n\n: HTTP_STATUS/500 \ndata:b\n\n:HTTP_STATUS/x\ndata:c\n\n"))
                .extracting(ServerEvent::status)
                .containsExactly(400, 500, 0);
    }

    @Test
    void whatHasNoBlankLineAtTheEndIsNoEvent() {
        assertThat(data("data:a\n\ndata:b")).containsExactly("a");
        assertThat(data("data:a\n\ndata:b\n")).containsExactly("a");
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementCharacters() {
        byte[] stream = "data:a?b\n\n".getBytes(UTF_8);
        stream[6] = (byte) 0xFF;
        assertThat(decode(new EventStreamDecoder(LIMIT), stream))
                .extracting(ServerEvent::data)
                .containsExactly("a\uFFFDb");
    }

    @Test
    void anEventThatIsTooLargeFailsAfterTheEventsBeforeIt() {
        for (String tooLarge : List.of("data:" + "x".repeat(100), "data:x\n".repeat(100), ":" + "x".repeat(100))) {
            Iterator<ServerEvent> events = new EventStreamDecoder(100)
                    .decode(("data:first\n\n" + tooLarge).getBytes(UTF_8))
                    .iterator();
            assertThat(events.next().data()).isEqualTo("first");
            assertThatThrownBy(events::hasNext)
                    .isInstanceOfSatisfying(
                            SpeechException.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(SpeechFailure.Malformed.class));
        }
    }

    @Test
    void anyNumberOfEventsFitsUnderTheLimitOfOne() {
        assertThat(data("data:x\n\n".repeat(1_000))).hasSize(1_000);
        assertThat(decode(
                        new EventStreamDecoder(100), "data:x\n\n".repeat(1_000).getBytes(UTF_8)))
                .hasSize(1_000);
    }

    @Test
    void thereIsNothingAfterTheLastEvent() {
        Iterator<ServerEvent> events =
                new EventStreamDecoder(LIMIT).decode(new byte[0]).iterator();
        assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
    }

    private static String stream(RandomGenerator random) {
        var stream = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        for (int lines = random.nextInt(30); lines > 0; lines--) {
            stream.append(LINES.get(random.nextInt(LINES.size())));
            stream.append(List.of("\n", "\r", "\r\n").get(random.nextInt(3)));
        }
        return stream.toString();
    }

    private static List<ServerEvent> events(String stream) {
        return decode(new EventStreamDecoder(LIMIT), stream.getBytes(UTF_8));
    }

    private static List<String> data(String stream) {
        return events(stream).stream().map(ServerEvent::data).toList();
    }

    private static List<ServerEvent> decode(RandomGenerator random, byte[] stream) {
        var decoder = new EventStreamDecoder(LIMIT);
        List<ServerEvent> events = new ArrayList<>();
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + random.nextInt(0, 6));
            events.addAll(decode(decoder, Arrays.copyOfRange(stream, from, to)));
            from = to;
        }
        return events;
    }

    private static List<ServerEvent> decode(EventStreamDecoder decoder, byte[] bytes) {
        List<ServerEvent> events = new ArrayList<>();
        decoder.decode(bytes).forEach(events::add);
        return events;
    }
}
