package dev.stentor.web.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.ListenerReport;
import dev.stentor.testing.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
        public void time(String t0) {
            stamps.add(t0);
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
    void whateverIsReadMeansTheSameToTheParser() {
        var read = new AtomicInteger();

        Fuzz.rounds(random -> {
            byte[] message = Fuzz.damaged(
                    random, Fuzz.oneOf(random, OF_A_PLAYER, QUESTION).getBytes(ISO_8859_1));
            var said = new Said();
            if (FrequentMessages.ofLoop().read(Unpooled.wrappedBuffer(message), said)) {
                String text = new String(message, UTF_8);
                assertSame(said, MessageJson.parse(text), text);
                read.incrementAndGet();
            }
        });

        assertThat(read).hasPositiveValue();
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
