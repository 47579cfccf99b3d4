package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.RelayedEntry.Began;
import dev.stentor.broadcast.RelayedEntry.Ended;
import dev.stentor.broadcast.RelayedEntry.Happened;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimedWord;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.PlayerControl;
import dev.stentor.channel.TimelineSpan;
import dev.stentor.testing.Signals;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form in which entries travel between nodes, byte for byte: nodes of two builds may run side by side. */
class GoldenRelayTest {

    private static final BroadcastSettings SETTINGS = new BroadcastSettings(
                    Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 10, "n4f2")
            .withReports(Duration.ofMillis(1_250), Duration.ofMillis(625))
            .withGroupDelay(Duration.ofMillis(250))
            .withBatch(new BatchRule(Duration.ofMillis(60)));

    private static final int OPUS_BITS_PER_SECOND = 24_000;

    private static final RelayedState STATE = new RelayedState(
            new JoinSnapshot("{timeline}", "u7", "{started}", "", "", "", "{state}", "", 3, 96_000),
            1_000,
            SETTINGS,
            OPUS_BITS_PER_SECOND,
            5_986_857_624L,
            1_795_380_741_000_000L,
            new Lineage(List.of(new Lineage.Life(17, 41_872))));

    private static final Map<String, RelayedEntry> ENTRIES = Map.ofEntries(
            Map.entry("began", new Began(STATE)),
            Map.entry("removed", new Ended(true)),
            Map.entry("closed", new Ended(false)),
            event(
                    "sound",
                    new Audio(
                            3,
                            96_480,
                            5_000_020_000L,
                            true,
                            false,
                            ByteBuffer.wrap(Signals.selfIndexing(SpeechTime.FRAME_SAMPLES)),
                            SpeechTime.FRAME_SAMPLES)),
            event(
                    "mixed sound",
                    new Audio(
                            3,
                            96_960,
                            5_000_040_000L,
                            false,
                            true,
                            ByteBuffer.wrap(Signals.selfIndexing(SpeechTime.FRAME_SAMPLES)),
                            80,
                            true)),
            event("started", new UtteranceStarted("u7", 3, 96_000, "Grüß Gott, 世界 🌍", "Cherry", null)),
            event("open", new UtteranceStarted("u8", 3, 96_000, "", null, "German", true)),
            event("caption", new Caption("u7", 96_000, "Grüß Gott", 0, 9, 1, 2)),
            event(
                    "words",
                    new WordsSpoken(
                            "u7", 96_000, List.of(new TimedWord(0, 4, 0, 4_800), new TimedWord(5, 9, 5_000, 9_000)))),
            event("mark", new MarkReached("u7", "here", 97_000, true)),
            event("done", new UtteranceEnded("u7", 96_000, 9_000, Reason.DONE, null)),
            event(
                    "failed",
                    new UtteranceEnded(
                            "u9",
                            96_000,
                            700,
                            Reason.FAILED,
                            new ChannelEvent.Failure("Interrupted", "It broke off."),
                            List.of(new TimelineSpan(96_000, 400), new TimelineSpan(97_000, 300)))),
            event("timeline", new TimelineMoved(96_000, 5_000_000_000L)),
            event("clear", new SpeechCleared(4, 97_440, ClearRequest.all("interrupt"))),
            event("clear in a mix", new SpeechCleared(4, 97_440, ClearRequest.all("interrupt"), 96_000L)),
            event("pause", new SpeechPaused(97_440)),
            event("resume", new SpeechResumed(97_440)),
            Map.entry("lead, with a state", new Happened(new LeadChanged(3, 1_000), 5_000_000_000L, STATE)),
            event("stream of the next life", new LeadChanged(3, 100, 18L)),
            event("volume", new ControlChanged(new PlayerControl(0.25, null))),
            event("muted", new ControlChanged(new PlayerControl(null, true))),
            event("phase", new PhaseChanged(Phase.STALLED)));

    private static Map.Entry<String, RelayedEntry> event(String name, ChannelEvent event) {
        return Map.entry(name, new Happened(event, 5_000_000_000L, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void anEntryIsWrittenAndReadAsTheFileHasIt(String name) {
        RelayedEntry entry = Objects.requireNonNull(ENTRIES.get(name));
        String hex = golden().path(name).asString();
        assertThat(HexFormat.of().formatHex(RelayBytes.write(entry))).isEqualTo(hex);
        assertThat(RelayBytes.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .usingRecursiveComparison()
                .isEqualTo(entry);
    }

    @Test
    void theFileHasEveryKindOfEvent() {
        Set<Object> kinds = ENTRIES.values().stream()
                .filter(Happened.class::isInstance)
                .map(entry -> ((Happened) entry).event().getClass())
                .collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(Set.<Object>of((Object[]) ChannelEvent.class.getPermittedSubclasses()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void whatIsCutShortIsRefused(String name) {
        byte[] whole = RelayBytes.write(Objects.requireNonNull(ENTRIES.get(name)));
        for (int length = 0; length < whole.length; length += 1 + length / 8) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length).slice();
            assertThatThrownBy(() -> RelayBytes.read(cut)).isInstanceOf(RelayBytes.Unreadable.class);
        }
    }

    static Stream<String> names() {
        return ENTRIES.keySet().stream().sorted();
    }

    private static JsonNode golden() {
        InputStream file = Objects.requireNonNull(GoldenRelayTest.class.getResourceAsStream("/golden/relay.json"));
        return new JsonMapper().readTree(file);
    }
}
