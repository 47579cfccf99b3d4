package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
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

    private List<Long> waiting() {
        return memory.next(100, 0).stream()
                .map(remembered -> remembered.entry().id().seq())
                .toList();
    }

    private static ChannelEntry entry(long seq) {
        return new ChannelEntry(new EntryId(1, seq), ByteBuffer.allocate(0));
    }
}
