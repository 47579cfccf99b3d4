package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;

class WavHeaderTest {

    private static final String FORMAT = "57415645666d74201000000001000100c05d000080bb00000200100064617461";

    @Test
    void anUnknownLengthIsAllOnes() {
        assertThat(hex(WavHeader.ofUnknownLength())).isEqualTo("52494646ffffffff" + FORMAT + "ffffffff");
    }

    @Test
    void aKnownLengthIsInBothSizes() {
        assertThat(hex(WavHeader.ofSamples(24_000))).isEqualTo("52494646a4bb0000" + FORMAT + "80bb0000");
    }

    @Test
    void aLengthThatDoesNotFitIsUnknown() {
        long most = (0xFFFF_FFFFL - 36) / 2;
        assertThat(hex(WavHeader.ofSamples(most))).endsWith("daffffff");
        assertThat(WavHeader.ofSamples(most + 1)).isEqualTo(WavHeader.ofUnknownLength());
        assertThatIllegalArgumentException().isThrownBy(() -> WavHeader.ofSamples(-1));
    }

    @Test
    void thePlatformReadsIt() throws IOException, UnsupportedAudioFileException {
        byte[] file = new byte[WavHeader.BYTES + 200];
        WavHeader.ofSamples(100).get(file, 0, WavHeader.BYTES);
        AudioFileFormat read = AudioSystem.getAudioFileFormat(new ByteArrayInputStream(file));
        assertThat(read.getFrameLength()).isEqualTo(100);
        assertThat(read.getFormat().matches(new AudioFormat(24_000, 16, 1, true, false)))
                .isTrue();
    }

    private static String hex(ByteBuffer header) {
        assertThat(header.isReadOnly()).isTrue();
        byte[] bytes = new byte[WavHeader.BYTES];
        header.get(bytes);
        assertThat(header.hasRemaining()).isFalse();
        return HexFormat.of().formatHex(bytes);
    }
}
