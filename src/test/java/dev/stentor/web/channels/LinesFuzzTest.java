package dev.stentor.web.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.Fuzz;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinesFuzzTest {

    private static final int MOST_BYTES = 300;
    private static final byte[] GOOD = """
            {"text":"Hello.","mode":"next","expires_ms":5000,"marks":[{"id":"a","at":1}],"open":true}
            {"text":"More \u597d.","seq":1}

            {"text":"\\ud83d\\ude00"}
            """.getBytes(UTF_8);

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyLinesAreRequestsOrProblemsOfTheClient() {
        Fuzz.rounds(random -> {
            byte[] body = random.nextInt(4) == 0 ? Fuzz.bytes(random, 1_000) : Fuzz.damaged(random, GOOD);
            List<String> whole = lines(List.of(body));
            assertThat(lines(Fuzz.parts(random, body))).isEqualTo(whole);
            for (String line : whole) {
                read(() -> JsonBody.parse(line.getBytes(UTF_8), UtteranceBody.class)
                        .toRequest(1_000, null));
                read(() -> JsonBody.parse(line.getBytes(UTF_8), TextBody.class));
            }
        });
    }

    /** Returns the lines before the end, or before the one that is too long. */
    private static List<String> lines(List<byte[]> parts) {
        var splitter = new LineSplitter(MOST_BYTES);
        var lines = new ArrayList<String>();
        try {
            parts.forEach(part -> splitter.lines(part).forEach(line -> lines.add(new String(line, UTF_8))));
            lines.add(new String(splitter.rest(), UTF_8));
        } catch (ProblemException tooLong) {
            return List.of();
        }
        return lines;
    }

    private static void read(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException wrong) {
            assertThat(wrong.problem().status()).isBetween(400, 499);
        }
    }
}
