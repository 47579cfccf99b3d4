package dev.stentor.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechFailure.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeechStatusTest {

    @Test
    void everyFailureSaysWhoIsToBlame() {
        assertThat(SpeechStatus.of(new InvalidInput("voice", "No."))).isEqualTo(400);
        assertThat(SpeechStatus.of(new Refused(403, "a", "b", null))).isEqualTo(403);
        assertThat(SpeechStatus.of(new Refused(302, "a", "b", null))).isEqualTo(502);
        assertThat(SpeechStatus.of(new Refused(700, "a", "b", null))).isEqualTo(502);
        assertThat(SpeechStatus.of(new SpeechFailure.Throttled("a", "b", null))).isEqualTo(429);
        assertThat(SpeechStatus.of(new SpeechFailure.FailedInStream(400, "a", "b", null, 1)))
                .isEqualTo(400);
        assertThat(SpeechStatus.of(new SpeechFailure.FailedInStream(200, "a", "b", null, 1)))
                .isEqualTo(502);
        assertThat(SpeechStatus.of(new SpeechFailure.Truncated("a", 1))).isEqualTo(502);
        assertThat(SpeechStatus.of(new SpeechFailure.Malformed("a"))).isEqualTo(502);
        assertThat(SpeechStatus.of(new SpeechFailure.Overlong(Duration.ZERO, 0)))
                .isEqualTo(502);
        assertThat(SpeechStatus.of(new SpeechFailure.Unreachable("a"))).isEqualTo(503);
        assertThat(SpeechStatus.of(new SpeechFailure.Silent(Duration.ZERO, 0))).isEqualTo(504);
        assertThat(SpeechStatus.of(new SpeechFailure.EngineFault("a"))).isEqualTo(500);
    }
}
