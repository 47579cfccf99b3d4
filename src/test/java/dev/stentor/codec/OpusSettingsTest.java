package dev.stentor.codec;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stentor.codec.OpusSettings.Bandwidth;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OpusSettingsTest {

    @Test
    void aNumberOutOfRangeIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpusSettings(5_999, 5, Bandwidth.WIDE))
                .withMessage("bitsPerSecond must be 6000 to 128000, was 5999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpusSettings(32_000, 11, Bandwidth.WIDE))
                .withMessage("complexity must be 0 to 10, was 11");
    }

    @Test
    void aFrameOfAnotherLengthIsRefused() {
        var encoder = new OpusEncoder(OpusSettings.SPEECH);
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(ByteBuffer.allocate(958)));
    }
}
