package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryMemoryTest {

    private static final int MOST = 9;

    private final EntryMemory memory = new EntryMemory(MOST);

    @Test
    void whatIsStoredTakesAThirdOfTheRoom() {
        for (int seq = 1; seq <= 100; seq++) {
            assertThat(memory.add(entry(seq), 0)).isFalse();
            memory.storedUpTo(entry(seq).id());
        }
        assertThat(memory.size()).isEqualTo(MOST / 3);
        memory.storedOnlyUpTo(EntryId.NONE);
        assertThat(waiting()).containsExactly(98L, 99L, 100L);
    }

    @Test
    void whatWaitsTakesAllOfItAndThenTheOldestIsGivenUp() {
        var _ = memory.add(entry(1), 0);
        memory.storedUpTo(entry(1).id());
        for (int seq = 2; seq <= MOST + 1; seq++) {
            assertThat(memory.add(entry(seq), 0)).isFalse();
        }
        assertThat(memory.add(entry(MOST + 2), 0)).isTrue();
        assertThat(memory.size()).isEqualTo(MOST);
        assertThat(waiting()).startsWith(3L).hasSize(MOST);
    }

    @Test
    void whatWasForgottenComesBackAsItWas() {
        var memory = new EntryMemory(3_000);
        for (int seq = 1; seq <= 5_000; seq++) {
            var _ = memory.add(entry(seq, sizeOf(seq)), 20_000L * seq);
            memory.storedUpTo(new EntryId(1, Math.max(0, seq - 3L))); // the last ones wait
        }
        memory.storedUpTo(new EntryId(1, 5_000));
        memory.storedOnlyUpTo(new EntryId(1, 4_500));
        assertThat(memory.size()).isEqualTo(1_000);
        assertThat(memory.next(1_000, 0)).hasSize(500).allSatisfy(remembered -> {
            long seq = remembered.entry().id().seq();
            assertThat(remembered.atMicros()).isEqualTo(20_000L * seq);
            assertThat(remembered.entry()).isEqualTo(entry(seq, sizeOf(seq)));
        });
        memory.storedUpTo(new EntryId(1, 5_000));
        memory.storedOnlyUpTo(EntryId.NONE);
        assertThat(memory.next(2_000, 0))
                .hasSize(1_000)
                .extracting(one -> one.entry().id().seq())
                .isSorted();
        assertThat(memory.next(1, 0).getFirst().entry()).isEqualTo(entry(4_001, sizeOf(4_001)));
    }

    /** A frame of sound mostly, and now and then an event of few bytes, or of more than a block takes. */
    private static int sizeOf(long seq) {
        return seq % 97 == 0 ? 100_000 : seq % 7 == 0 ? 30 : 1_000;
    }

    private List<Long> waiting() {
        return memory.next(100, 0).stream()
                .map(remembered -> remembered.entry().id().seq())
                .toList();
    }

    private static ChannelEntry entry(long seq) {
        return entry(seq, 0);
    }

    private static ChannelEntry entry(long seq, int size) {
        byte[] body = new byte[size];
        new Random(seq).nextBytes(body);
        return new ChannelEntry(new EntryId(1, seq), ByteBuffer.wrap(body));
    }
}
