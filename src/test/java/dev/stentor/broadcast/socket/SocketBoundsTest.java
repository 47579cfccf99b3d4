package dev.stentor.broadcast.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Format;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketBoundsTest {

    @ParameterizedTest
    @EnumSource(Format.class)
    void theKernelHoldsAtMostAFewSecondsOfSoundInAnyFormat(Format format) {
        var bounds = SocketBounds.of(format.bytesPerSecond());
        int kernelBytes = 2 * bounds.sendBytes(); // as Linux counts
        assertThat((double) kernelBytes / format.bytesPerSecond()).isBetween(0.5, 3.2);
    }
}
