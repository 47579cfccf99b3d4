package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many texts at once follow from what was measured. */
class NaturalFiguresTest {

    @ParameterizedTest(name = "{0} s of processor time on {1} cores: {2}")
    @CsvSource({"0.38, 2, 2", "0.5, 2, 2", "0.7, 2, 1", "2, 2, 1", "0.4, 8, 11", "0, 4, 4"})
    void eachTextIsMadeInAboutHalfTheTimeInWhichItIsHeard(double cpu, int cores, int streams) {
        assertThat(new NaturalFigures(cpu, 0.3, Duration.ofMillis(300)).streams(cores))
                .isEqualTo(streams);
    }

    @ParameterizedTest(name = "{0} s of processor time, {1} s of time, {2} texts on {3} cores: {4}")
    @CsvSource({"0.4, 0.25, 2, 2, 0.5", "0.4, 0.35, 1, 2, 0.4375", "0.4, 0.1, 11, 8, 0.6875"})
    void thePaceIsThatOfAllTextsOnTheirWayAndAQuarterMore(
            double cpu, double wall, int streams, int cores, double pace) {
        assertThat(new NaturalFigures(cpu, wall, Duration.ofMillis(300)).pace(streams, cores))
                .isCloseTo(pace, within(1e-9));
    }
}
