package dev.stentor.broadcast.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a send costs is made up here; time passes only as a walk's sends cost it. */
class LoopWalksTest {

    private static final LoopWalks.Sizes SIZES = LoopWalks.Sizes.USUAL;
    private static final int LISTENERS = 1_000;
    private static final int TRIAL = 300;

    private final List<String> told = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final LoopWalks walks = new LoopWalks(SIZES, this::now, (ring, ratio) -> told.add(way(ring)));
    private double fdNanos = 7_000;
    private double ringNanos = 7_000;
    private double cpuNanos;

    @ParameterizedTest(name = "a send costs {0} ns by fd, {1} by ring")
    @CsvSource({"7000, 5500, ring", "7000, 6600, ring", "7000, 6700, fd", "7000, 7000, fd", "7000, 7400, fd"})
    void ringIsChosenOnlyWhereItCostsClearlyLess(double fd, double ring, String chosen) {
        fdNanos = fd;
        ringNanos = ring;
        walks(SIZES.toFirstTrial() + TRIAL);
        assertThat(told).containsExactly(chosen);
        assertThat(walk(LISTENERS)).isEqualTo(chosen);
    }

    @Test
    void allIsByFdBeforeTheTrialAndHalfOfIt() {
        walks(SIZES.toFirstTrial());
        assertThat(taken).containsOnly("fd");
        walks(TRIAL);
        assertThat(taken).filteredOn("ring"::equals).hasSize(TRIAL / 2);
    }

    @ParameterizedTest(name = "{0} channels take turns")
    @ValueSource(ints = {1, 2, 3, 4, 5, 8})
    void whoWalksInTurnHasBothWaysAlike(int channels) {
        walks(SIZES.toFirstTrial());
        walks(TRIAL);
        for (int channel = 0; channel < channels; channel++) {
            int ring = 0;
            int all = 0;
            for (int i = channel; i < TRIAL; i += channels) {
                ring += taken.get(i).equals("ring") ? 1 : 0;
                all++;
            }
            assertThat((double) ring / all).isBetween(0.3, 0.7);
        }
    }

    @Test
    void aFewWalksThatTookMuchLongerDecideNothing() {
        ringNanos = 5_500;
        walks(SIZES.toFirstTrial());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        for (int i = 0; i < TRIAL; i++) {
            ringNanos = random.nextInt(10) == 0 ? 500_000 : 5_500;
            walks(1);
        }
        assertThat(told).containsExactly("ring");
    }

    @Test
    void whatTheCompilerHasNotDoneYetDoesNotCount() {
        walks(SIZES.toFirstTrial());
        ringNanos = 50_000;
        walks(100);
        ringNanos = 5_500;
        walks(TRIAL - 100);
        assertThat(told).containsExactly("ring");
    }

    @Test
    void fewListenersAreSentToByFdAndAreNoPartOfATrial() {
        ringNanos = 5_500;
        walks(SIZES.toFirstTrial());
        for (int i = 0; i < 2 * TRIAL; i++) {
            assertThat(walk(SIZES.many() - 1)).isEqualTo("fd");
        }
        assertThat(told).isEmpty();
        walks(TRIAL);
        assertThat(walk(SIZES.many())).isEqualTo("ring");
        assertThat(walk(SIZES.many() - 1)).isEqualTo("fd");
    }

    @Test
    void whatIsSentOutsideAWalkIsSentByFd() {
        ringNanos = 5_500;
        walks(SIZES.toFirstTrial() + TRIAL);
        assertThat(walk(LISTENERS)).isEqualTo("ring");
        assertThat(walks.sendsByRing()).isFalse();
    }

    @Test
    void aWalkInWhichNobodyIsSentAnythingIsNoPartOfATrial() {
        ringNanos = 5_500;
        walks(SIZES.toFirstTrial());
        for (int i = 0; i < TRIAL; i++) {
            walks.begin(LISTENERS);
            walks.end();
        }
        assertThat(told).isEmpty();
        walks(TRIAL);
        assertThat(told).containsExactly("ring");
    }

    @Test
    void anotherTrialChangesTheWayOnlyIfTheOtherCostsClearlyLess() {
        ringNanos = 5_500;
        walks(SIZES.toFirstTrial() + TRIAL);
        ringNanos = 7_200;
        walks(SIZES.toNextTrial() + TRIAL);
        assertThat(told).as("a difference of chance").containsExactly("ring");
        ringNanos = 8_000;
        walks(SIZES.toNextTrial() + TRIAL);
        assertThat(told).containsExactly("ring", "fd");
        assertThat(walk(LISTENERS)).isEqualTo("fd");
    }

    private void walks(int count) {
        taken.clear();
        for (int i = 0; i < count; i++) {
            taken.add(walk(LISTENERS));
        }
    }

    /** Returns the way of a walk that sends to all. */
    private String walk(int listeners) {
        walks.begin(listeners);
        boolean ring = walks.sendsByRing();
        for (int i = 1; i < listeners; i++) {
            if (walks.sendsByRing() != ring) {
                throw new AssertionError("a walk by both ways");
            }
        }
        cpuNanos += listeners * (ring ? ringNanos : fdNanos);
        walks.end();
        return way(ring);
    }

    private static String way(boolean ring) {
        return ring ? "ring" : "fd";
    }

    private long now() {
        return (long) cpuNanos;
    }
}
