package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure.FailedInStream;
import dev.stentor.speech.SpeechFailure.Refused;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {

    @ParameterizedTest
    @CsvSource({
        "400, InvalidParameter, NONE",
        "400, Arrearage, ELSEWHERE",
        "400, InternalError.Algo, AGAIN",
        "401, InvalidApiKey, ELSEWHERE",
        "403, Model.AccessDenied, ELSEWHERE",
        "404, ModelNotFound, ELSEWHERE",
        "413, Any, NONE",
        "429, Any, AGAIN",
        "400, Throttling.RateQuota, AGAIN",
        "302, UpstreamRefused, ELSEWHERE",
        "500, InternalError, AGAIN",
        "503, ModelUnavailable, AGAIN"
    })
    void anAnswerIsJudgedByStatusAndCode(int status, String code, Remedy expected) {
        assertThat(Remedy.of(new Refused(status, code, "No.", null))).isEqualTo(expected);
        assertThat(Remedy.of(new FailedInStream(status, code, "No.", null, 7))).isEqualTo(expected);
    }

    @Test
    void whatHappensOnTheWayMayPass() {
        assertThat(List.of(
                        new SpeechFailure.Throttled("Throttling", "Later.", null),
                        new SpeechFailure.Truncated("Cut.", 1),
                        new SpeechFailure.Silent(Duration.ofSeconds(1), 0),
                        new SpeechFailure.Unreachable("Nobody."),
                        new SpeechFailure.Malformed("What?")))
                .allSatisfy(failure -> assertThat(Remedy.of(failure)).isEqualTo(Remedy.AGAIN));
        assertThat(Remedy.of(new SpeechFailure.InvalidInput("text", "No."))).isEqualTo(Remedy.NONE);
        assertThat(Remedy.of(new SpeechFailure.Overlong(Duration.ofSeconds(60), 1)))
                .isEqualTo(Remedy.ELSEWHERE);
        assertThat(Remedy.of(new SpeechFailure.EngineFault("Oh."))).isEqualTo(Remedy.ELSEWHERE);
    }
}
