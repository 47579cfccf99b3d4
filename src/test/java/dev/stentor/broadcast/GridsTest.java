package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelName;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Account;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Channels on a clock with several grids: not all of them send at the same moment. */
class GridsTest {

    private static final Duration QUARTER_OF_A_TICK = Duration.ofMillis(5);
    private static final int GRIDS = 4;

    @Test
    void theChannelsOfAGatewaySendInTurnAndEachOneEveryTwentyMilliseconds() {
        try (var gateway = new VirtualGateway(GRIDS)) {
            List<Spoken> all = IntStream.range(0, GRIDS)
                    .mapToObj(number -> speaking(gateway, new ChannelName("c" + number)))
                    .toList();
            gateway.clock.advance(Duration.ofMillis(300)); // the first sound comes at once
            gateway.work();
            all.forEach(Spoken::look);
            for (int step = 0; step < 10 * GRIDS; step++) {
                gateway.clock.advance(QUARTER_OF_A_TICK);
                gateway.work();
                int at = step % GRIDS;
                assertThat(all.stream().mapToInt(channel -> channel.sent(at)).sum())
                        .isEqualTo(1);
            }
            assertThat(all).allSatisfy(channel -> assertThat(channel.at).hasSize(1));
        }
    }

    private static Spoken speaking(VirtualGateway gateway, ChannelName name) {
        var speaking = gateway.channels
                .open(name, true, Account.NONE)
                .flatMap(channel -> channel.speak(SpeechRequest.of("one")))
                .toFuture();
        gateway.work();
        assertThat(speaking).isCompleted();
        var outlet = new RecordingOutlet();
        var _ = gateway.join(name, outlet, Format.PCM);
        return new Spoken(outlet);
    }

    /** What a listener of a channel heard. */
    private static final class Spoken {

        private final RecordingOutlet outlet;
        private final Set<Integer> at = new TreeSet<>();
        private int seen;

        Spoken(RecordingOutlet outlet) {
            this.outlet = outlet;
        }

        void look() {
            seen = outlet.frames().size();
        }

        /** Returns how many frames came since the last look, and remembers the moment if any did. */
        int sent(int moment) {
            int frames = outlet.frames().size() - seen;
            look();
            if (frames > 0) {
                at.add(moment);
            }
            return frames;
        }
    }
}
