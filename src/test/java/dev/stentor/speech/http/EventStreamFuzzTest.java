package dev.stentor.speech.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.Fuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventStreamFuzzTest {

    private static final int MOST_BYTES = 500;
    private static final byte[] GOOD = """
            id:1
            event:result
            :HTTP_STATUS/200
            data:{"output":{"audio":{"data":"AAAA"}}}
            data: more

            retry: 5
            data:\u597d

            """.getBytes(UTF_8);

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyBytesAreEventsOfBoundedSizeOrAMalformedAnswer() {
        Fuzz.rounds(random -> {
            byte[] stream = random.nextInt(4) == 0 ? Fuzz.bytes(random, 4_000) : Fuzz.damaged(random, GOOD);
            List<ServerEvent> whole = decoded(List.of(stream));
            assertThat(whole)
                    .allSatisfy(event -> assertThat(event.data().length()).isLessThanOrEqualTo(MOST_BYTES));
            assertThat(decoded(Fuzz.parts(random, stream))).isEqualTo(whole);
        });
    }

    /** Returns the events before the end, or before the event at which the decoder gave up. */
    private static List<ServerEvent> decoded(List<byte[]> parts) {
        var decoder = new EventStreamDecoder(MOST_BYTES);
        var events = new ArrayList<ServerEvent>();
        try {
            parts.forEach(part -> decoder.decode(part).forEach(events::add));
        } catch (SpeechException malformed) {
            assertThat(malformed.failure()).isInstanceOf(SpeechFailure.Malformed.class);
        }
        return events;
    }
}
