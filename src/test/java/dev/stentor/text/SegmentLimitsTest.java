package dev.stentor.text;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SegmentLimitsTest {

    @Test
    void sizesMustGrowFromShortToHard() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(1, 8, 7, 20, 30, 300));
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(1, 8, 20, 19, 30, 300));
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(1, 8, 20, 30, 29, 300));
    }

    @Test
    void nothingIsNegativeOrTooSmallToHoldACharacter() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(-1, 8, 20, 30, 40, 300));
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(Double.NaN, 8, 20, 30, 40, 300));
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(1, 0, 0.1, 0.2, 0.3, 300));
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(1, 8, 20, 30, 40, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentLimits(1, 8, 20, 30, 40, 300, -1));
    }
}
