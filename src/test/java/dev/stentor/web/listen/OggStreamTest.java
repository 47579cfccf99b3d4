package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.OpusSound;
import dev.stentor.codec.OggFile;
import dev.stentor.codec.OpusEncoder;
import dev.stentor.codec.OpusSettings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class OggStreamTest {

    private final List<byte[]> packets = packets(30);

    @Test
    void theHeadComesAtOnceAndTheFirstPacketWaitsForNoOther() {
        List<byte[]> pages = pages(Flux.just(new OpusSound(List.of(), false), sound(0), sound(1)));
        assertThat(OggFile.read(pages.get(0)).pages()).hasSize(2);
        assertThat(OggFile.read(joined(pages.subList(0, 2))).packets()).hasSize(1);
    }

    @Test
    void preRollIsInTheStreamAndTheHeadSaysThatItIsNotHeard() throws Exception {
        var sounds = Flux.just(new OpusSound(packets.subList(0, 4), false), sound(4), sound(5));
        OggFile file = OggFile.read(joined(pages(sounds)));
        assertThat(file.preSkip()).isEqualTo(4 * 960 + 312);
        assertThat(file.packets()).hasSize(6);
        assertThat(file.decoded()).hasSize(2 * 480 - 156);
    }

    @Test
    void aPauseSendsWhatThereIs() {
        var sounds = Flux.concat(
                Flux.just(new OpusSound(List.of(), false)),
                Flux.range(0, 4).map(this::sound),
                Flux.just(new OpusSound(List.of(packets.get(4)), true)),
                Flux.never());
        List<byte[]> pages = new ArrayList<>();
        new OggStream(7).pages(sounds).subscribe(page -> pages.add(bytes(page)));
        assertThat(OggFile.read(joined(pages)).packets()).hasSize(5);
    }

    @Test
    void eachListenerHasANumberingOfItsOwn() {
        OggFile file = OggFile.read(joined(pages(Flux.concat(
                Flux.just(new OpusSound(List.of(), false)), Flux.range(0, 30).map(this::sound)))));
        assertThat(file.pages()).allMatch(page -> page.serial() == 7);
        assertThat(file.pages()).extracting(OggFile.Page::sequence).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(file.pages().getLast().granule()).isEqualTo(30 * 960);
    }

    private OpusSound sound(int index) {
        return new OpusSound(List.of(packets.get(index)), false);
    }

    private static List<byte[]> pages(Flux<OpusSound> sounds) {
        List<byte[]> pages = new ArrayList<>();
        new OggStream(7).pages(sounds).subscribe(page -> pages.add(bytes(page)));
        return pages;
    }

    private static byte[] bytes(ByteBuffer page) {
        byte[] bytes = new byte[page.remaining()];
        page.get(bytes);
        return bytes;
    }

    private static byte[] joined(List<byte[]> pages) {
        var file = new ByteArrayOutputStream();
        pages.forEach(file::writeBytes);
        return file.toByteArray();
    }

    private static List<byte[]> packets(int count) {
        var encoder = new OpusEncoder(OpusSettings.SPEECH);
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packets.add(encoder.encode(ByteBuffer.allocate(960)));
        }
        return packets;
    }
}
