package dev.stentor.relay;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.channel.Channel;
import dev.stentor.channel.Utterance;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes of one cluster in virtual time, and their listeners. Confined to the test's thread. */
final class RelayNodes implements AutoCloseable {

    static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;

    /** The frames of each utterance. */
    static final int FRAMES = 60;

    static final long SAMPLES = (long) FRAMES * SpeechTime.FRAME_SAMPLES;
    static final byte[] SOUND = Signals.selfIndexing(FRAMES * SpeechTime.FRAME_SAMPLES);
    private static final int CHUNK_BYTES = 4_800;
    private static final int KEPT_ENTRIES = 3_000;

    final VirtualClock clock = new VirtualClock();
    final InProcessCluster cluster = new InProcessCluster(clock, KEPT_ENTRIES);
    private final Map<String, RelayNode> nodes = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();

    /** Adds a node whose clock shows so much more than that of the test. */
    RelayNode add(String id, long clockMicros) {
        return add(id, clockMicros, new MortalCluster(cluster));
    }

    /** Adds a node that reaches the cluster later than others: questions and answers take so long each. */
    RelayNode addFar(String id, Duration way) {
        var far = new MortalCluster(cluster);
        far.slow(clock, way);
        return add(id, 0, far);
    }

    private RelayNode add(String id, long clockMicros, MortalCluster way) {
        return new RelayNode(id, clockMicros, clock, way, ScriptedEngine.speaking(SOUND, CHUNK_BYTES), nodes);
    }

    /** Opens the channel at a node, and lets the others know. */
    Channel open(RelayNode node) {
        Channel channel = node.open();
        pass(100);
        return channel;
    }

    /** Returns the utterances that a listener was told the end of, each with the reason. */
    static List<String> ends(RecordingOutlet outlet) {
        return outlet.texts("utterance.ended").stream()
                .map(ended ->
                        ended.path("id").asString() + " " + ended.path("reason").asString())
                .toList();
    }

    void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    /** Asks for a text, and returns its id. */
    String speak(Channel channel, String text) {
        var spoken = channel.speak(SpeechRequest.of(text)).toFuture();
        clock.settle();
        return Objects.requireNonNull(spoken.getNow(null)).id();
    }

    /** Returns the utterances that a channel lists. */
    List<Utterance> known(Channel channel) {
        var known = channel.utterances(200).toFuture();
        clock.settle();
        return Objects.requireNonNull(known.getNow(null));
    }

    /** Lets a listener join at a node; it leaves at the end. */
    @CanIgnoreReturnValue
    Listener join(RelayNode node, RecordingOutlet outlet, @Nullable String client) {
        Listener listener = node.join(outlet, null, client);
        listeners.add(listener);
        pass(200);
        return listener;
    }

    /** Ends all, so that all memory goes back. */
    @Override
    public void close() {
        listeners.forEach(Listener::leave);
        nodes.values().forEach(RelayNode::close);
        pass(20_000);
    }
}
