package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.clock.TickClock;
import dev.stentor.web.TestListener;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel that is removed between the moment in which a listener opens it and the moment in which the listener joins. */
class RemovedWhileJoiningTest {

    private final ListenServer server =
            new ListenServer(new AtOnce(), RemovedWhileJoiningTest::openAndRemove, Hearing::here);

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aListenerIsSentAwayForGoodAsThoseAreWhoListenedBefore() throws Exception {
        try (TestListener listener = TestListener.connect(server.address("ws", "listen"))) {
            listener.say("{\"t\":\"hello\",\"v\":1}");
            assertThat(listener.closeCode()).isEqualTo(4404);
            assertThat(listener.await("bye").path("resume").asBoolean()).isFalse();
        }
    }

    /** Opens the broadcast of a new channel, and has it removed before anybody gets to see the channel. */
    private static ChannelOutput.Factory openAndRemove(Broadcasts broadcasts) {
        return (name, epoch, settings) -> {
            ChannelOutput output = broadcasts.open(name, epoch, settings);
            broadcasts.remove(name);
            output.close();
            return output;
        };
    }

    /** A clock that runs each task on the calling thread, here the connection's event loop. Time does not pass. */
    private static final class AtOnce implements TickClock {

        @Override
        public long micros() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public void activate(int ticks, int grid, Ticking ticking) {}
    }
}
