package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.ListenerReport;
import dev.stentor.testing.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FrequentMessagesTest {

    private static final String OF_A_PLAYER =
            "{\"t\":\"report\",\"pos\":48000,\"gen\":3,\"buffer_ms\":120,\"target_ms\":80,"
                    + "\"underruns\":2,\"concealed_samples\":0,\"rtt_us\":400,\"out_ms\":20.5,\"sync_error_ms\":-0.4,"
                    + "\"state\":\"playing\",\"muted\":false}";

    private static final String QUESTION = "{\"t\":\"time\",\"t0\":-12.5e3}";

    /** What a message says: a report, a stamp, or neither. */
    private record Said(List<ListenerReport> reports, List<String> stamps) implements FrequentMessages.Receiver {

        private Said() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void report(ListenerReport report) {
            reports.add(report);
        }

        @Override
        public void time(byte[] bytes, int from, int to) {
            stamps.add(new String(bytes, from, to - from, ISO_8859_1));
        }
    }

    @Test
    void aPlayersReportIsRead() {
        assertThat(read(OF_A_PLAYER).reports())
                .containsExactly(new ListenerReport(48_000, 3, 120, 2, "playing", -0.4, false, null));
    }

    @Test
    void aReportAfterAClearIsRead() {
        assertThat(read("{\"t\":\"report\",\"pos\":5,\"gen\":2,\"cut\":{\"gen\":1,\"pos\":4},\"state\":\"idle\"}")
                        .reports())
                .containsExactly(new ListenerReport(5, 2, 0, 0, "idle", null, null, new ListenerReport.Cut(1, 4)));
    }

    @Test
    void aStampIsReturnedAsItCame() {
        assertThat(read("{\"t\":\"time\",\"t0\":12.50}").stamps()).containsExactly("12.50");
    }

    @Test
    void nothingIsReadTwiceFromTheSharedReader() {
        assertThat(read(OF_A_PLAYER).reports()).hasSize(1);

        assertThat(read("{\"t\":\"report\"}").reports())
                .containsExactly(new ListenerReport(0, 0, 0, 0, "", null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":\"hello\",\"v\":1}",
                "{\"pos\":1,\"t\":\"report\"}",
                "{\"t\":\"report\",\"t\":\"bye\"}",
                "{\"t\":\"report\",\"pos\":1.5}",
                "{\"t\":\"report\",\"pos\":\"1\"}",
                "{\"t\":\"report\",\"pos\":01}",
                "{\"t\":\"report\",\"pos\":12345678901234567890}",
                "{\"t\":\"report\",\"state\":\"pl\\u0061ying\"}",
                "{\"t\":\"report\",\"state\":\"\u00e9\"}",
                "{\"t\":\"report\",\"more\":{\"a\":1}}",
                "{\"t\":\"report\",\"more\":[1]}",
                "{\"t\":\"report\",\"sync_error_ms\":1e999}",
                "{\"t\":\"report\",\"muted\":null}",
                "{\"t\":\"report\",}",
                "{\"t\":\"report\"}{}",
                "{\"t\":\"report\"",
                "{\"t\":\"report\" \"pos\":1}",
                "{\"t\":\"time\"}",
                "{\"t\":\"time\",\"t0\":\"1\"}",
                "{\"t\":\"time\",\"t0\":123456789012345678901234567890123}",
                "[]",
                ""
            })
    void whatIsNotWrittenPlainlyIsLeftToTheParser(String message) {
        ByteBuf bytes = Unpooled.copiedBuffer(message, ISO_8859_1);
        var said = new Said();

        assertThat(FrequentMessages.ofLoop().read(bytes, said)).isFalse();

        assertThat(said).isEqualTo(new Said());
        assertThat(bytes.readerIndex()).isZero();
    }

    @Test
    void whateverIsReadOfADamagedMessageMeansTheSameToTheParser() {
        assertReadAlike(random ->
                Fuzz.damaged(random, Fuzz.oneOf(random, OF_A_PLAYER, QUESTION).getBytes(ISO_8859_1)));
    }

    @Test
    void whateverIsReadOfAnOddMessageMeansTheSameToTheParser() {
        assertReadAlike(random -> odd(random).getBytes(UTF_8));
    }

    private static void assertReadAlike(Function<RandomGenerator, byte[]> messages) {
        var read = new AtomicInteger();

        Fuzz.rounds(random -> {
            byte[] message = messages.apply(random);
            var said = new Said();
            if (FrequentMessages.ofLoop().read(Unpooled.wrappedBuffer(message), said)) {
                String text = new String(message, UTF_8);
                assertSame(said, MessageJson.parse(text), text);
                read.incrementAndGet();
            }
        });

        assertThat(read).hasPositiveValue();
    }

    /** Returns an object with known and unknown members in any order, some of them twice, with values that suit and that do not. */
    private static String odd(RandomGenerator random) {
        String blank = Fuzz.oneOf(random, "", "", " ", "\n\t");
        var members = new ArrayList<String>();
        for (int left = random.nextInt(8); left > 0; left--) {
            String name = Fuzz.oneOf(
                    random,
                    "pos",
                    "gen",
                    "buffer_ms",
                    "underruns",
                    "state",
                    "sync_error_ms",
                    "muted",
                    "cut",
                    "t0",
                    "x");
            members.add("\"" + name + "\"" + blank + ":" + blank + value(random, name));
        }
        String type = "\"t\":\"" + Fuzz.oneOf(random, "report", "report", "time", "time", "bye") + "\"";
        members.add(random.nextInt(8) == 0 ? random.nextInt(members.size() + 1) : 0, type);
        return "{" + blank + String.join(blank + "," + blank, members) + "}" + blank;
    }

    private static String value(RandomGenerator random, String name) {
        if (random.nextInt(12) == 0) {
            return Fuzz.oneOf(random, "null", "true", "[1]", "{}", "\"1\"", "1e3", "-0", "01", "+1", ".5", "5.", "NaN");
        }
        return switch (name) {
            case "state" ->
                Fuzz.oneOf(random, "\"playing\"", "\"locked\"", "\"\"", "\"so\u00e4\"", "\"a\\u0062\"", "\"x y\"");
            case "muted" -> Fuzz.oneOf(random, "true", "false", "null");
            case "cut" ->
                Fuzz.oneOf(
                        random,
                        "{\"gen\":" + number(random) + ",\"pos\":" + number(random) + "}",
                        "{\"pos\":1,\"pos\":2}",
                        "{}",
                        "null");
            default -> number(random);
        };
    }

    private static String number(RandomGenerator random) {
        long digits = random.nextLong() >> random.nextInt(64);
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(random.nextInt(-2_000_000, 2_000_000) / Math.pow(10, random.nextInt(8)));
            case 1 -> BigDecimal.valueOf(digits, random.nextInt(20)).toPlainString();
            default -> Long.toString(digits);
        };
    }

    private static void assertSame(Said said, JsonNode parsed, String message) {
        if (said.stamps().isEmpty()) {
            assertThat(parsed.path("t").stringValue()).as(message).isEqualTo("report");
            assertThat(said.reports()).as(message).containsExactly(MessageJson.report(parsed));
        } else {
            assertThat(parsed.path("t").stringValue()).as(message).isEqualTo("time");
            assertThat(Double.parseDouble(said.stamps().getFirst()))
                    .as(message)
                    .isEqualTo(Double.parseDouble(MessageJson.stamp(parsed)));
        }
    }

    private static Said read(String message) {
        var said = new Said();
        assertThat(FrequentMessages.ofLoop().read(Unpooled.copiedBuffer(message, ISO_8859_1), said))
                .isTrue();
        return said;
    }
}
