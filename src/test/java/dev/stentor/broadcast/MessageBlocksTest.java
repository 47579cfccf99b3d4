package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.socket.WebSocketFraming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageBlocksTest {

    private final MessageBlocks blocks = new MessageBlocks(UnpooledByteBufAllocator.DEFAULT);
    private final List<FramedMessage> written = new ArrayList<>();

    @AfterEach
    void giveBack() {
        written.forEach(FramedMessage::release);
        blocks.release();
    }

    @Test
    void messagesOfAllSizesKeepTheirBytes() {
        var random = new Random(7);
        List<byte[]> payloads = random.ints(300, 0, 3_000).mapToObj(byte[]::new).toList();
        payloads.forEach(random::nextBytes);
        payloads.forEach(this::write);
        byte[] huge = new byte[100_000];
        random.nextBytes(huge);
        write(huge);
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(payload(written.get(i))).isEqualTo(payloads.get(i));
        }
        assertThat(payload(written.getLast())).isEqualTo(huge);
    }

    @Test
    void aChannelThatHardlySpeaksTakesAKilobyte() {
        write(new byte[100]);
        write(new byte[100]);
        assertThat(written.getLast().block()).isSameAs(written.getFirst().block());
        assertThat(written.getFirst().block().capacity()).isEqualTo(1024);
    }

    @Test
    void aBlockIsGivenBackWithTheLastOfItsMessages() {
        for (int i = 0; i < 200; i++) {
            write(new byte[960]);
        }
        Set<ByteBuf> different = Collections.newSetFromMap(new IdentityHashMap<>()); // equals compares what is in them
        List<ByteBuf> all = written.stream()
                .map(FramedMessage::block)
                .filter(different::add)
                .toList();
        assertThat(all).hasSizeBetween(8, 15).allMatch(block -> block.refCnt() > 0);
        blocks.release();
        assertThat(all).allMatch(block -> block.refCnt() > 0);
        FramedMessage last = written.removeLast();
        written.forEach(FramedMessage::release);
        written.clear();
        assertThat(all.subList(0, all.size() - 1)).allMatch(block -> block.refCnt() == 0);
        assertThat(payload(last)).hasSize(960);
        last.release();
        assertThat(all.getLast().refCnt()).isZero();
    }

    @Test
    void whatIsWrittenAfterTheReleaseIsKeptAsBefore() {
        blocks.release();
        byte[] payload = {1, 2, 3};
        write(payload);
        assertThat(payload(written.getFirst())).isEqualTo(payload);
    }

    @Test
    void copiesHaveTheMessageAlone() {
        write(new byte[] {1});
        write(new byte[] {2, 3});
        FramedMessage message = written.getLast();
        ByteBuf gathered = Unpooled.buffer();
        message.appendTo(gathered);
        ByteBuf copy = message.copy();
        assertThat(List.of(gathered, copy))
                .allSatisfy(bytes -> assertThat(ByteBufUtil.getBytes(bytes)).containsExactly(0x82, 2, 2, 3));
        byte[] end = new byte[2];
        message.copyEnd(end);
        assertThat(end).containsExactly(2, 3);
        gathered.release();
        copy.release();
    }

    private void write(byte[] payload) {
        written.add(blocks.write(WebSocketFraming.BINARY, payload.length, target -> target.writeBytes(payload)));
    }

    private static byte[] payload(FramedMessage message) {
        ByteBuf bytes = message.copy();
        bytes.skipBytes(WebSocketFraming.payload(bytes, 0));
        byte[] payload = ByteBufUtil.getBytes(bytes);
        bytes.release();
        return payload;
    }
}
