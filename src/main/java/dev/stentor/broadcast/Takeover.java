package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Failure;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.PlayerControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** State of a channel that a node takes over, as the entries that it heard tell it. */
record Takeover(EntryRing ring) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Failure LOST = new Failure("NodeLost", "The node that spoke this is gone.");

    /** Returns to where the channel was heard. */
    HeardUntil heardUntil() {
        Set<String> over = new HashSet<>();
        for (long seq = ring.firstSeq(); seq < ring.nextSeq(); seq++) {
            switch (ring.get(seq).event()) {
                case UtteranceStarted started -> over.add(started.id());
                case UtteranceEnded ended -> over.add(ended.id());
                default -> {}
            }
        }
        JoinSnapshot now = now();
        String speaker = now.speaker();
        if (speaker != null) {
            over.add(speaker);
        }
        UtteranceEnded lost = speaker == null ? null : failed(speaker, now);
        return new HeardUntil(now.pos(), now.generation(), !now.hold().isEmpty(), over, lost);
    }

    /** Returns the loudness that was set for all players. */
    PlayerControl control() {
        String control = now().control();
        if (control.isEmpty()) {
            return PlayerControl.NONE;
        }
        JsonNode event = JSON.readTree(control);
        JsonNode volume = event.path("volume");
        JsonNode muted = event.path("muted");
        return new PlayerControl(
                volume.isNumber() ? volume.asDouble() : null, muted.isBoolean() ? muted.asBoolean() : null);
    }

    /** Returns what listeners are told first: the stream goes on, and what was spoken has failed. */
    List<ChannelEvent> endings(long epoch, long leadMillis) {
        JoinSnapshot now = now();
        List<ChannelEvent> events = new ArrayList<>();
        events.add(new LeadChanged(now.generation(), leadMillis, epoch));
        if (!now.hold().isEmpty()) {
            events.add(new SpeechResumed(now.pos()));
        }
        String speaker = now.speaker();
        if (speaker != null) {
            events.add(failed(speaker, now));
        }
        events.add(new PhaseChanged(Phase.IDLE));
        return events;
    }

    private static UtteranceEnded failed(String speaker, JoinSnapshot now) {
        long pos = begin(now.utterance(), now.pos());
        return new UtteranceEnded(speaker, pos, now.pos() - pos, Reason.FAILED, LOST);
    }

    /** Returns the position at which an utterance began, by the event that told it. */
    private static long begin(@Nullable String started, long otherwise) {
        if (started == null || started.isEmpty()) {
            return otherwise;
        }
        JsonNode event = JSON.readTree(started);
        return Math.clamp(event.path("pos").asLong(otherwise), 0, otherwise);
    }

    private JoinSnapshot now() {
        return ring.before(ring.nextSeq());
    }
}
