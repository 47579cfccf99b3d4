package dev.stentor;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A room shows only what another room uses. */
class PublicSurfaceTest {

    /** Members that only tests of other rooms use, by the reason why they stay in the main code. */
    private static final Map<String, Set<String>> FOR_TESTS = Map.ofEntries(
            Map.entry(
                    "tests of several rooms ask for speech, and end it",
                    Set.of(
                            "channel.Channel.speak(SpeechRequest)",
                            "channel.ClearRequest.all(String)",
                            "speech.SpeechRequest.of(String)",
                            "speech.SpeechRequest.withVoice(String)",
                            "speech.Voice.new(String, String, Voice.Sex, String, List)")),
            Map.entry(
                    "tests of broadcast write the events of a channel",
                    Set.of(
                            "channel.ChannelEvent.Audio.new(int, long, long, boolean, boolean, ByteBuffer, int)",
                            "channel.ChannelEvent.SpeechCleared.new(int, long, ClearRequest)",
                            "channel.ChannelEvent.UtteranceStarted.new(String, int, long, String, String, String)")),
            Map.entry(
                    "tests of other rooms set some limits and leave the others",
                    Set.of(
                            "broadcast.BroadcastSettings.new(Duration, Duration, BroadcastSettings.LagPolicy, Duration, int, String)",
                            "channel.ChannelSettings.withWriting(OpenTextSettings)")),
            Map.entry(
                    "tests of channel and the web rooms mix sounds of a few samples",
                    Set.of(
                            "mix.MixTotals.plus(MixTotals)",
                            "mix.SoundClip.looped()",
                            "mix.SoundClip.of(float[])",
                            "mix.SourceSettings.UNITY")),
            Map.entry(
                    "tests of other rooms look up a voice, or read texts without pauses",
                    Set.of(
                            "speech.qwen.QwenCatalogue.voice(String)",
                            "speech.reading.Pauses.NONE",
                            "speech.reading.TextLimit.fits(String)")));

    private static final CompiledHouse HOUSE = new CompiledHouse(MainCode.classes());
    private static final List<JavaSource> BENCHMARKS = JavaSource.below("src/bench/java");
    private static final Set<String> UNUSED = new PublicSurface(
                    HOUSE, new Visitors(HOUSE, List.of(MainCode.classes()), MainCode.sources(), BENCHMARKS))
            .unused();

    @Test
    void nothingIsPublicWithoutAUserInAnotherRoom() {
        assertThat(UNUSED).filteredOn(name -> !listed().contains(name)).isEmpty();
    }

    @Test
    void everyExceptionIsNeeded() {
        assertThat(listed()).isSubsetOf(UNUSED);
    }

    @Test
    void everyExceptionHasATestOfAnotherRoomThatUsesIt() {
        List<JavaSource> sources = Stream.of(MainCode.sources(), JavaSource.below("src/test/java"))
                .flatMap(List::stream)
                .toList();
        List<Path> classes = List.of(MainCode.classes(), MainCode.testClasses());
        Set<String> unused = new PublicSurface(HOUSE, new Visitors(HOUSE, classes, sources, BENCHMARKS)).unused();
        assertThat(unused).doesNotContainAnyElementsOf(listed());
    }

    private static Set<String> listed() {
        return FOR_TESTS.values().stream().flatMap(Set::stream).collect(toSet());
    }
}
