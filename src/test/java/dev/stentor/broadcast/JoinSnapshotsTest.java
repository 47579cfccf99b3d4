package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ClearRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The state of a channel before each entry of its ring, beside the one that all entries since its beginning give, one after the other. */
class JoinSnapshotsTest {

    private static final long KEPT_MICROS = 1_000_000;
    private static final int ENTRIES = 400;

    private final Random random = new Random(7);
    private final List<JoinSnapshot> expected = new ArrayList<>(List.of(JoinSnapshot.BLANK));
    private final EntryRing ring = new EntryRing(KEPT_MICROS, 1, JoinSnapshot.BLANK);
    private long pos;
    private int generation = 1;

    @Test
    void theStateBeforeEachEntryIsThatOfAllEntriesBeforeIt() {
        for (int seq = 1; seq <= ENTRIES; seq++) {
            add(seq);
            assertThat(ring.before(seq + 1)).isEqualTo(expected.get(seq));
            for (long any = ring.firstSeq(); any <= ring.nextSeq(); any++) {
                assertThat(ring.before(any)).as("before %d of %d", any, seq).isEqualTo(expected.get((int) any - 1));
            }
        }
        assertThat(ring.firstSeq()).as("entries were evicted").isGreaterThan(ENTRIES / 2);
    }

    @Test
    void aCopyKnowsTheSameStates() {
        for (int seq = 1; seq <= ENTRIES; seq++) {
            add(seq);
        }
        EntryRing copy = ring.copy();
        for (long any = ring.firstSeq(); any <= ring.nextSeq(); any++) {
            assertThat(copy.before(any)).isEqualTo(expected.get((int) any - 1));
        }
    }

    private void add(int seq) {
        ChannelEvent event = next("u" + seq);
        String json = event instanceof Audio ? "" : "{" + event + "}";
        var entry = new Entry(seq, event, seq * 20_000L, FramedMessage.NONE, json);
        ring.add(entry);
        expected.add(expected.getLast().after(entry));
    }

    private ChannelEvent next(String id) {
        return switch (random.nextInt(20)) {
            case 0 -> new UtteranceStarted(id, generation, pos, id, null, null, false);
            case 1 -> new Caption(id, pos, "words", 0, 5, 0, 1);
            case 2 -> new TimelineMoved(pos, random.nextInt(1_000));
            case 3 -> new SpeechPaused(pos);
            case 4 -> ended();
            case 5 -> {
                pos += SpeechTime.FRAME_SAMPLES;
                yield new SpeechCleared(++generation, pos, ClearRequest.all("interrupt"));
            }
            default -> {
                pos += SpeechTime.FRAME_SAMPLES;
                yield new Audio(
                        generation,
                        pos - SpeechTime.FRAME_SAMPLES,
                        0,
                        false,
                        false,
                        ByteBuffer.allocate(0),
                        SpeechTime.FRAME_SAMPLES,
                        true);
            }
        };
    }

    private ChannelEvent ended() {
        String speaker = expected.getLast().speaker();
        return new UtteranceEnded(speaker == null ? "none" : speaker, pos, 0, Reason.DONE, null);
    }
}
