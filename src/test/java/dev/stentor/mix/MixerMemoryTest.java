package dev.stentor.mix;

import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A running mixer allocates no memory, whatever its inputs do. */
class MixerMemoryTest {

    private static final SourceSettings UNITY = SourceSettings.UNITY;

    private final Desk desk = new Desk();

    @Test
    void aFrameAllocatesNothing() {
        desk.mixer.put("speech", Desk.exact(Desk.noise(1, 24_000)), UNITY);
        desk.mixer.put("bed", SoundClip.of(Desk.noise(2, 24_000)).looped(), new SourceSettings(-6, 100, true));
        var late = new SourceBuffer(SourceBuffer.Bounds.LIVE, () -> {});
        desk.mixer.put("late", late, UNITY);
        float[] packet = Desk.noise(3, FRAME);
        var bytes = java.nio.ByteBuffer.allocate(2 * FRAME);
        var counter = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        Runnable second = () -> {
            for (int i = 0; i < 50; i++) {
                if (i % 7 != 0) { // it runs dry every now and then
                    var _ = late.write(packet, 0, FRAME);
                }
                desk.mixer.mix(i % 20 < 10, bytes.clear());
                if (i % 25 == 24) {
                    var _ = desk.mixer.rewind(10);
                }
            }
        };
        for (int i = 0; i < 50; i++) {
            second.run();
        }
        long own = counter.getCurrentThreadAllocatedBytes();
        long measuring = counter.getCurrentThreadAllocatedBytes() - own;
        long before = counter.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 400; i++) {
            second.run();
        }
        long allocated = counter.getCurrentThreadAllocatedBytes() - before - measuring;
        assertThat(late.counters().shortages()).isPositive();
        assertThat(allocated).isLessThan(4_096); // of 20,000 frames: the counter itself, and the compiler's traps
    }

    @Test
    void aMovingDuckAllocatesNothing() {
        int frames = Integer.getInteger("stentor.mix.frames", 200_000);
        desk.mixer.put(
                "bed",
                SoundClip.of(Desk.scaled(Desk.noise(2, 24_000), 0.3)).looped(),
                new SourceSettings(0, 100, true));
        var bytes = java.nio.ByteBuffer.allocate(2 * FRAME);
        var counter = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = -5_000; i < frames; i++) {
            if (i == 0) {
                before = counter.getCurrentThreadAllocatedBytes();
            }
            desk.mixer.mix(Math.floorMod(i, 200) < 100, bytes.clear());
        }
        long allocated = counter.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(4_096); // the counter itself, and the compiler's traps
    }
}
