package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.clock.VirtualClock;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryTest {

    private static final BroadcastSettings SETTINGS = new BroadcastSettings(
            Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 1_000, "node");

    private final EntryEncoder encoder = new EntryEncoder(new PooledByteBufAllocator(true), 7);

    @Test
    void aFrameThatIsKeptHasItsSoundInTheMessageAlone() {
        Audio frame = frame();
        Entry whole = encoder.encode(frame, 1_000, SETTINGS);
        Entry kept = whole.withoutSound();
        assertThat(kept.message()).isSameAs(whole.message());
        assertThat(((Audio) kept.event()).audio().capacity()).isZero();
        assertThat(kept.withSound()).isEqualTo(whole);
        whole.release();
    }

    @Test
    void anotherEventIsKeptAsItIs() {
        ChannelEvent event = new SpeechPaused(960);
        Entry entry = encoder.encode(event, 1_000, SETTINGS);
        assertThat(entry.withoutSound()).isSameAs(entry);
        assertThat(entry.withSound()).isSameAs(entry);
        entry.release();
    }

    @Test
    void aRenditionKeepsNoSoundOnTheHeap() {
        var parameters = new StreamParameters(Stage.LOBBY, Stage.EPOCH, 100, SETTINGS, false);
        var rendition = new Rendition(parameters, new VirtualClock(), BroadcastStats.NONE, 7, JoinSnapshot.BLANK);
        Entry whole = encoder.encode(frame(), 1_000, SETTINGS);
        rendition.add(whole);
        Entry kept = rendition.ring().get(7);
        assertThat(((Audio) kept.event()).audio().capacity()).isZero();
        assertThat(kept.withSound()).isEqualTo(whole);
        rendition.release();
        assertThat(whole.message().refCnt()).isZero();
    }

    private static Audio frame() {
        byte[] sound = new byte[SpeechTime.FRAME_BYTES];
        new Random(1).nextBytes(sound);
        return new Audio(3, 960, 20_000, true, false, ByteBuffer.wrap(sound).asReadOnlyBuffer(), 480);
    }
}
