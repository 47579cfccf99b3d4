package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTest {

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasAStatusAndACodeOfTheService(SpeechFailure failure, Fault fault) {
        assertThat(Fault.of(failure)).isEqualTo(fault);
    }

    static Stream<Arguments> failures() {
        var wait = Duration.ofSeconds(3);
        return Stream.of(
                Arguments.of(
                        new SpeechFailure.InvalidInput("voice", "VoiceNotFound", "Unknown."),
                        new Fault(400, "VoiceNotFound", "voice: Unknown.", null)),
                Arguments.of(
                        new SpeechFailure.Refused(403, "AccessDenied", "No.", "id"),
                        new Fault(403, "AccessDenied", "No.", null)),
                Arguments.of(
                        new SpeechFailure.Refused(302, "Moved", "Elsewhere.", null),
                        new Fault(502, "Moved", "Elsewhere.", null)),
                Arguments.of(
                        new SpeechFailure.Throttled("Throttling", "Later.", wait),
                        new Fault(429, "Throttling", "Later.", wait)),
                Arguments.of(
                        new SpeechFailure.FailedInStream(400, "DataInspectionFailed", "No.", null, 0),
                        new Fault(400, "DataInspectionFailed", "No.", null)),
                Arguments.of(
                        new SpeechFailure.FailedInStream(200, "Odd", "No.", null, 0),
                        new Fault(502, "Odd", "No.", null)),
                Arguments.of(new SpeechFailure.Truncated("Cut.", 5), new Fault(502, "InternalError", "Cut.", null)),
                Arguments.of(
                        new SpeechFailure.Silent(Duration.ofSeconds(2), 5),
                        new Fault(504, "InternalError.Timeout", "The speech service gave nothing for 2000 ms.", null)),
                Arguments.of(new SpeechFailure.Unreachable("Away."), new Fault(503, "ModelUnavailable", "Away.", null)),
                Arguments.of(new SpeechFailure.Malformed("Noise."), new Fault(502, "InternalError", "Noise.", null)),
                Arguments.of(
                        new SpeechFailure.Overlong(Duration.ofSeconds(66), 5),
                        new Fault(
                                502,
                                "InternalError.SoundTooLong",
                                "The speech engine gave more than 66 s of sound, too much for this text.",
                                null)),
                Arguments.of(
                        new SpeechFailure.EngineFault("Broken."), new Fault(500, "InternalError", "Broken.", null)));
    }
}
