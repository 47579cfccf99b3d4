package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.broadcast.socket.CloseReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners of an event loop that has no memory to copy what they get. */
class ShortMemoryTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void aListenerGetsLaterWhatMemoryWasMissingFor() {
        var _ = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(2, loop);
        withoutMemory();
        stage.play(3, loop);
        assertThat(positions(outlet)).containsExactly(0L, 480L, 960L, 1_440L, 1_920L, 2_400L);
        assertThat(outlet.closes).isEmpty();
    }

    @Test
    void aListenerForWhichMemoryIsMissingAgainIsClosedAndTheOthersGoOn() {
        var other = new RecordingOutlet();
        var _ = stage.join(outlet, loop);
        var _ = stage.join(other, loop);
        stage.start("u1");
        stage.play(2, loop);
        withoutMemory();
        stepWithoutMemory();
        stage.play(2, loop);
        List<RecordingOutlet> closed = Stream.of(outlet, other)
                .filter(one -> one.closes.equals(List.of(CloseReason.SLOW)))
                .toList();
        assertThat(closed).hasSize(1);
        RecordingOutlet left = closed.getFirst() == outlet ? other : outlet;
        assertThat(left.closes).isEmpty();
        assertThat(positions(left)).containsExactly(0L, 480L, 960L, 1_440L, 1_920L);
    }

    @Test
    void aListenerThatCannotBeToldOfAClearIsClosed() {
        Listener slow = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(2, loop);
        outlet.writable = false;
        stage.clear();
        stage.play(250, loop);
        outlet.writable = true;
        slow.writable();
        stepWithoutMemory();
        assertThat(outlet.closes).containsExactly(CloseReason.SLOW);
    }

    /** Releases a frame that its loop has no memory for. */
    private void withoutMemory() {
        stage.frame();
        stage.clock.settle();
        stepWithoutMemory();
    }

    private void stepWithoutMemory() {
        stage.allocator.full = true;
        assertThatThrownBy(loop::step).isInstanceOf(OutOfMemoryError.class);
        stage.allocator.full = false;
    }

    private static List<Long> positions(RecordingOutlet of) {
        return of.messages.stream()
                .filter(message -> message.json().isNull())
                .map(message -> message.bytes().getLong(8))
                .toList();
    }
}
