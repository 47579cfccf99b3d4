package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, entries and batches check themselves. */
class ClusterValuesTest {

    @Test
    void idsAreOrderedByEpochAndThenByNumber() {
        assertThat(Stream.of("2-1", "1-10", "1-9", "10-1").map(EntryId::parse).sorted())
                .extracting(EntryId::toString)
                .containsExactly("1-9", "1-10", "2-1", "10-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-", "-1", "1-x", "1--2", "99999999999999999999-1"})
    void whatIsNoIdIsRefused(String text) {
        assertThatThrownBy(() -> EntryId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEntrysBytesCannotBeChangedNorItsPositionMoved() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        var entry = new ChannelEntry(new EntryId(1, 1), bytes);
        bytes.position(2);
        assertThat(entry.body().isReadOnly()).isTrue();
        assertThat(entry.body().remaining()).isEqualTo(3);
    }

    @Test
    void aBatchHasEntriesOfOneEpochWithAscendingNumbers() {
        assertThat(batch("5-1", "5-2", "5-4").epoch()).isEqualTo(5);
        assertThatThrownBy(() -> batch("5-1", "6-2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch("5-2", "5-2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch()).isInstanceOf(IllegalArgumentException.class);
    }

    private static EntryBatch batch(String... ids) {
        return new EntryBatch(Stream.of(ids)
                .map(id -> new ChannelEntry(EntryId.parse(id), ByteBuffer.allocate(0)))
                .toList());
    }
}
