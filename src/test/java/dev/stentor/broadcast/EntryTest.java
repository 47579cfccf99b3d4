package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntryTest {

    private static final BroadcastSettings SETTINGS = new BroadcastSettings(
            Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 1_000, "node");

    private final EntryEncoder encoder = new EntryEncoder(UnpooledByteBufAllocator.DEFAULT, 7);
    private final EntryRing ring = new EntryRing(1_000_000, 7, JoinSnapshot.BLANK);

    @AfterEach
    void giveBack() {
        ring.release();
        encoder.release();
    }

    @Test
    void aRingKeepsTheSoundOfAFrameInItsMessageAlone() {
        Entry whole = encoder.encode(frame(), 1_000, SETTINGS);
        ring.add(whole);
        Entry kept = ring.get(7);
        assertThat(((Audio) kept.event()).audio().capacity()).isZero();
        assertThat(kept.withSound()).isEqualTo(whole);
    }

    @Test
    void aRingKeepsAllElseOfAThousandEntriesAsItIs() {
        var random = new Random(5);
        List<Entry> given = new ArrayList<>();
        for (int n = 0; n < 1_000; n++) {
            ChannelEvent event = random.nextInt(9) == 0 ? new SpeechPaused(n) : anyFrame(random);
            given.add(encoder.encode(event, 10L * n, SETTINGS));
            ring.add(given.getLast());
        }
        for (Entry entry : given) {
            assertThat(ring.get(entry.seq()).withSound()).isEqualTo(entry);
        }
        EntryRing copy = ring.copy();
        assertThat(copy.get(500).withSound()).isEqualTo(given.get(493));
        copy.release();
    }

    @Test
    void aRingGivesTheMemoryOfWhatItForgetsBack() {
        List<Entry> given = new ArrayList<>();
        for (int n = 0; n < 1_000; n++) {
            given.add(encoder.encode(frame(), 20_000L * n, SETTINGS));
            ring.add(given.getLast());
        }
        long kept = given.stream()
                .filter(entry -> entry.message().block().refCnt() > 0)
                .count();
        assertThat(kept).isBetween(50L, 51L + 2 * 32);
        ring.release();
        encoder.release();
        assertThat(given).allMatch(entry -> entry.message().block().refCnt() == 0);
    }

    @Test
    void anotherEventHasNoSound() {
        Entry entry = encoder.encode(new SpeechPaused(960), 1_000, SETTINGS);
        assertThat(entry.withSound()).isSameAs(entry);
        entry.release();
    }

    private static Audio anyFrame(Random random) {
        byte[] sound = new byte[SpeechTime.FRAME_BYTES];
        random.nextBytes(sound);
        return new Audio(
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean(),
                random.nextBoolean(),
                ByteBuffer.wrap(sound).asReadOnlyBuffer(),
                random.nextInt(480),
                random.nextBoolean());
    }

    private static Audio frame() {
        byte[] sound = new byte[SpeechTime.FRAME_BYTES];
        new Random(1).nextBytes(sound);
        return new Audio(3, 960, 20_000, true, false, ByteBuffer.wrap(sound).asReadOnlyBuffer(), 480);
    }
}
