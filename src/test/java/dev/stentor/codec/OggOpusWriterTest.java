package dev.stentor.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OggOpusWriterTest {

    /** Checks sizes around full segments: a packet of whole segments needs an empty one to end it. */
    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 254, 255, 256, 509, 510, 511, 1_275, 1_276})
    void packetsOfAnySizeComeBackWhole(int size) {
        var writer = new OggOpusWriter(7, 312, 50);
        byte[] packet = new byte[size];
        Arrays.fill(packet, (byte) size);
        var file = new ByteArrayOutputStream();
        file.writeBytes(writer.head());
        for (int i = 1; i < 120; i++) {
            writer.add(packet).ifPresent(file::writeBytes);
        }
        file.writeBytes(writer.end(packet, 120 * 480 - 156));
        OggFile read = OggFile.read(file.toByteArray());
        assertThat(read.packets())
                .hasSize(120)
                .allSatisfy(bytes -> assertThat(bytes).isEqualTo(packet));
        assertThat(read.pages().getLast().granule()).isEqualTo(120 * 960);
        long ticks = 0;
        for (OggFile.Page page : read.soundPages()) {
            ticks += 960L * page.packets().size();
            assertThat(page.granule()).isEqualTo(ticks);
            assertThat(page.packets()).hasSizeLessThanOrEqualTo(50);
        }
    }

    @Test
    void anEndOutsideTheLastPacketIsRefused() {
        for (long samples : new long[] {-1, 325, 1_000}) {
            var writer = new OggOpusWriter(7, 312, 10);
            var _ = writer.head();
            assertThatIllegalArgumentException().isThrownBy(() -> writer.end(new byte[9], samples));
        }
    }

    @Test
    void theHeadComesFirstAndOnce() {
        var writer = new OggOpusWriter(7, 312, 10);
        assertThatIllegalStateException().isThrownBy(() -> writer.add(new byte[9]));
        var _ = writer.head();
        assertThatIllegalStateException().isThrownBy(writer::head);
    }

    @Test
    void aPageThatIsNotFullMayGoOutAndTheStreamEndWithoutAPacket() {
        var writer = new OggOpusWriter(7, 312, 10);
        var file = new ByteArrayOutputStream();
        file.writeBytes(writer.head());
        assertThat(writer.flush()).isEmpty();
        for (int i = 0; i < 4; i++) {
            writer.add(new byte[] {(byte) i}).ifPresent(file::writeBytes);
        }
        writer.flush().ifPresent(file::writeBytes);
        file.writeBytes(writer.finish());
        OggFile read = OggFile.read(file.toByteArray());
        assertThat(read.packets()).containsExactly(new byte[] {0}, new byte[] {1}, new byte[] {2}, new byte[] {3});
        assertThat(read.soundPages()).extracting(OggFile.Page::granule).containsExactly(960L, 3_840L, 3_840L);
        assertThat(read.pages().getLast().flags()).isEqualTo(OggPage.LAST);
    }

    @Test
    void numbersThatTheFormatCannotSayAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OggOpusWriter(7, 65_536, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new OggOpusWriter(7, 312, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new OggOpusWriter(7, 312, 51));
        var page = new OggPage();
        assertThatIllegalArgumentException().isThrownBy(() -> page.add(new byte[255 * 255]));
    }

    /** Checks the generator of RFC 3533: one set bit gives the polynomial, and "123456789" the published check value. */
    @Test
    void theChecksumIsOggs() {
        assertThat(OggPage.checksum(new byte[] {1})).isEqualTo(0x04C1_1DB7);
        assertThat(OggPage.checksum("123456789".getBytes(US_ASCII))).isEqualTo(0x89A1_897F);
    }
}
