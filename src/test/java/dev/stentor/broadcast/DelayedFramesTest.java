package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ClearRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayedFramesTest {

    private static final int TICK = 20_000;
    private static final short OLD = 1_000;
    private static final short NEW = 2_000;

    private final DelayedFrames held = new DelayedFrames(200_000);
    private final List<Audio> given = new ArrayList<>();

    private static Audio frame(int generation, long pos, long dueMicros, short level) {
        ByteBuffer audio = ByteBuffer.allocate(960).order(ByteOrder.LITTLE_ENDIAN);
        while (audio.hasRemaining()) {
            audio.putShort(level);
        }
        return new Audio(generation, pos, dueMicros, false, false, audio.flip().asReadOnlyBuffer(), 480, true);
    }

    private static short sample(Audio frame, int index) {
        return frame.audio().duplicate().order(ByteOrder.LITTLE_ENDIAN).getShort(2 * index);
    }

    private void giveUntil(long nowMicros) {
        for (var next = held.next(nowMicros, 0); next.isPresent(); next = held.next(nowMicros, 0)) {
            given.add(next.get());
        }
    }

    /** Frames of the mix were released 100 ms ahead; at one second it is cleared, and goes on from 200 ms before. */
    private void clearAtOneSecond(ClearRequest clear) {
        for (int i = 0; i < 55; i++) {
            held.add(frame(1, i * 480L, i * (long) TICK, OLD));
        }
        giveUntil(1_000_000);
        held.cut(new SpeechCleared(2, 55 * 480L, clear, 40 * 480L), 1_000_000);
        for (int i = 40; i < 100; i++) {
            held.add(frame(2, (55 - 40 + i) * 480L, i * (long) TICK, NEW));
        }
        giveUntil(3_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 5_000})
    void whereTheSoundGoesOnNoTimeIsMissingOrComesTwice(int drainMillis) {
        clearAtOneSecond(new ClearRequest(ClearRequest.Scope.ALL, drainMillis, 5, "interrupt"));
        assertThat(given).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(given.get(i).playMicros()).isEqualTo(i * (long) TICK);
        }
    }

    @Test
    void theOlderSoundLeadsOverToTheNewerAtTheSampleThatIsDue() {
        clearAtOneSecond(ClearRequest.all("interrupt"));
        assertThat(sample(given.get(50), 479)).isEqualTo(OLD); // due at that very moment
        Audio over = given.get(51);
        assertThat(sample(over, 0)).isBetween(OLD, (short) (OLD + 10));
        assertThat(sample(over, 60)).isBetween((short) 1_490, (short) 1_520);
        assertThat(sample(over, 120)).isEqualTo(NEW);
        assertThat(over.generation()).isEqualTo(2);
        assertThat(sample(given.get(52), 0)).isEqualTo(NEW);
    }

    @Test
    void whereItDoesNotGoOnItFadesToSilence() {
        for (int i = 0; i < 55; i++) {
            held.add(frame(1, i * 480L, i * (long) TICK, OLD));
        }
        giveUntil(1_000_000);
        held.cut(new SpeechCleared(2, 55 * 480L, ClearRequest.all("interrupt")), 1_000_000);
        giveUntil(3_000_000);
        assertThat(given).hasSize(52);
        assertThat(sample(given.getLast(), 0)).isPositive();
        assertThat(sample(given.getLast(), 120)).isZero();
        held.add(frame(2, 55 * 480L, 5_000_000, NEW));
        giveUntil(6_000_000);
        assertThat(given).hasSize(53);
    }
}
