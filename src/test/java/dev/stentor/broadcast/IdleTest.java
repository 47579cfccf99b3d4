package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Channels;
import dev.stentor.clock.VirtualClock;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Account;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Idle costs nothing: what nobody speaks on and nobody listens to ticks nowhere, waits for nothing and has no thread. */
class IdleTest {

    private static final Duration ENCODER_LINGERS = Duration.ofSeconds(40);
    private static final ChannelName LOBBY = new ChannelName("lobby");

    private final VirtualGateway gateway = new VirtualGateway(1);
    private final VirtualClock clock = gateway.clock;
    private final Stage.Loop workers = gateway.workers;
    private final Stage.Loop loop = gateway.loop;
    private final Channels channels = gateway.channels;

    @AfterEach
    void nothingStays() {
        gateway.close();
    }

    @Test
    void aThousandChannelsWakeTheClockOnceInTenSecondsTogether() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 1_000; i++) {
            var _ = channels.put(new ChannelName("c" + i), ChannelSettings.conversation(), Account.NONE)
                    .toFuture();
        }
        clock.settle();
        assertThat(channels.all()).hasSize(1_000);
        assertThat(wakesIn(Duration.ofMinutes(5))).isEqualTo(30);
        assertThat(workers.given()).isZero();
        var added = new HashSet<>(Thread.getAllStackTraces().keySet());
        added.removeAll(before);
        assertThat(added).extracting(Thread::getName).isEmpty();
    }

    @Test
    void aChannelWhoseSpeechEndedAndWhoseListenersLeftIsAsIdleAsOneThatWasNeverUsed() {
        var _ = channels.put(LOBBY, ChannelSettings.conversation(), Account.NONE)
                .toFuture();
        speakToListeners();
        int given = loop.given() + workers.given();
        clock.advance(ENCODER_LINGERS);
        assertThat(wakesIn(Duration.ofMinutes(1))).isEqualTo(6);
        assertThat(loop.given() + workers.given()).isEqualTo(given);
    }

    @Test
    void afterItsSweepNothingIsLeftThatCouldEverWakeTheClock() {
        speakToListeners();
        assertThat(clock.wakesAt()).isPresent();
        clock.advance(Duration.ofSeconds(80));
        assertThat(channels.all()).isEmpty();
        assertThat(clock.wakesAt()).isEmpty();
    }

    /** In both formats; then all leave. */
    private void speakToListeners() {
        var spoken = channels.open(LOBBY, true, Account.NONE)
                .flatMap(channel -> channel.speak(SpeechRequest.of("one")))
                .toFuture();
        var heard = new RecordingOutlet();
        var plain = gateway.join(LOBBY, heard, Format.PCM);
        var small = gateway.join(LOBBY, new RecordingOutlet(), Format.OPUS);
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(20));
            gateway.work();
        }
        assertThat(spoken).isCompleted();
        assertThat(heard.frames()).hasSize(50);
        plain.leave();
        small.leave();
        gateway.work();
    }

    /** Returns how often the clock wakes up in that time. */
    private int wakesIn(Duration time) {
        long end = clock.micros() + time.toMillis() * 1_000;
        int wakes = 0;
        for (long next = wakesNext(); next <= end; next = wakesNext()) {
            clock.advance(Duration.ofNanos((next - clock.micros()) * 1_000));
            wakes++;
        }
        clock.advance(Duration.ofNanos((end - clock.micros()) * 1_000));
        return wakes;
    }

    private long wakesNext() {
        return clock.wakesAt().orElse(Long.MAX_VALUE);
    }
}
