package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.EntryMemory.Remembered;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StoredEntriesTest {

    private static final int KB = 1024;
    private static final int BLOCK = 64 * KB;

    private final StoredEntries entries = new StoredEntries();
    private long seq;

    @Test
    void aChannelThatHardlySpeaksTakesAKilobyte() {
        add(300);
        add(300);
        assertThat(entries.bytes()).isEqualTo(KB);
    }

    @Test
    void memoryStaysAsLargeAsWhatIsKept() {
        for (int i = 0; i < 100_000; i++) {
            add(997);
            if (entries.size() > 1_000) {
                entries.removeFirst();
            }
        }
        assertThat(entries.bytes()).isLessThan(1_000 * KB + 4 * BLOCK);
    }

    @Test
    void aLargeEntryLeavesWhenItIsForgotten() {
        add(10 * BLOCK);
        add(300);
        entries.removeFirst();
        assertThat(entries.bytes()).isLessThanOrEqualTo(BLOCK);
        assertThat(entries.removeLast().entry().id().seq()).isEqualTo(2);
        assertThat(entries.isEmpty()).isTrue();
    }

    private void add(int size) {
        entries.addLast(
                new Remembered(new ChannelEntry(new EntryId(1, ++seq), ByteBuffer.allocate(size)), 20_000 * seq));
    }
}
