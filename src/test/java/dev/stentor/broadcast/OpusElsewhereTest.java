package dev.stentor.broadcast;

import static dev.stentor.broadcast.Renditions.SPEECH;
import static dev.stentor.broadcast.Renditions.inOpus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.codec.Decoding;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A listener in Opus that changes the node: packets of the new node's encoder for its decoder, and then the very next sample. */
class OpusElsewhereTest {

    private static final int LAG = 156;

    private final RelayedEntries entries = new RelayedEntries();
    private final Stage owner = new Stage(entries);
    private final OtherNode other = new OtherNode(owner);
    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet here = new RecordingOutlet();
    private final RecordingOutlet there = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        owner.close();
        other.close();
    }

    private void say(int fromFrame, int toFrame) {
        owner.say(Arrays.copyOfRange(SPEECH, fromFrame * 480, toFrame * 480), loop);
        hand();
    }

    /** The same as a part of a sentence that goes on. */
    private void sayOn(int fromFrame, int toFrame) {
        owner.sayMixed(Arrays.copyOfRange(SPEECH, fromFrame * 480, toFrame * 480), loop);
        hand();
    }

    private void hand() {
        owner.clock.settle();
        entries.handTo(other.fed);
        other.run();
        loop.run();
    }

    private long listenHereUntilFrame(int frame) {
        Listener first = owner.join(here, loop, inOpus(Start.LIVE, null));
        owner.start("u1");
        sayOn(0, frame);
        first.leave();
        return here.seqs().getLast();
    }

    private void resumeThere(long last) {
        var _ = other.join(there, Start.LIVE, new Resume(Stage.EPOCH, last, null), Format.OPUS);
        hand();
    }

    private static List<RecordingOutlet.Message> both(RecordingOutlet first, RecordingOutlet second) {
        return Stream.concat(first.messages.stream(), second.messages.stream()).toList();
    }

    @Test
    void aResumeBringsFourFramesForTheDecoderAndThenEachSampleOnce() throws Exception {
        long last = listenHereUntilFrame(30);
        sayOn(30, 50);
        resumeThere(last);
        sayOn(50, 60);
        assertThat(there.text("welcome").at("/resume/status").asString()).isEqualTo("ok");
        assertThat(there.text("welcome").at("/resume/from_seq").asLong()).isEqualTo(last + 1);
        JsonNode replay = there.text("replay");
        assertThat(replay.path("from_seq").asLong()).isEqualTo(last - 3);
        assertThat(replay.path("play_from_pos").asLong()).isEqualTo(30 * 480 - LAG);
        assertThat(there.seqs())
                .isEqualTo(LongStream.rangeClosed(last - 3, last + 30).boxed().toList());
        OpusEar heard = OpusEar.hear(both(here, there));
        assertThat(heard.from()).isZero();
        assertThat(heard.sound()).hasSize(60 * 480 - LAG);
        assertThat(Decoding.signalToNoise(Arrays.copyOf(SPEECH, 60 * 480 - LAG), heard.sound()))
                .isGreaterThan(14);
    }

    @Test
    void whoHasAllThatThereIsGetsTheFramesBeforeItToo() throws Exception {
        long last = listenHereUntilFrame(30);
        resumeThere(last);
        assertThat(there.text("replay").path("to_seq").asLong()).isEqualTo(last);
        assertThat(there.seqs()).containsExactly(last - 3, last - 2, last - 1, last);
        sayOn(30, 40);
        assertThat(OpusEar.hear(both(here, there)).sound()).hasSize(40 * 480 - LAG);
    }

    @Test
    void eventsAmongThoseFramesAreNotToldTwice() throws Exception {
        Listener first = owner.join(here, loop, inOpus(Start.LIVE, null));
        owner.start("u1");
        sayOn(0, 28);
        caption();
        sayOn(28, 30);
        caption();
        first.leave();
        long last = here.seqs().getLast();
        resumeThere(last);
        sayOn(30, 40);
        assertThat(there.texts("caption")).isEmpty();
        assertThat(there.seqs())
                .isEqualTo(LongStream.rangeClosed(last - 3, last + 10).boxed().toList());
        assertThat(OpusEar.hear(both(here, there)).sound()).hasSize(40 * 480 - LAG);
    }

    private void caption() {
        owner.release(new Caption("u1", 0, "text", 0, 4, 1, 1));
        owner.encode();
        hand();
    }

    @Test
    void whereTheSoundHadEndedNothingComesBefore() throws Exception {
        Listener first = owner.join(here, loop, inOpus(Start.LIVE, null));
        owner.start("u1");
        say(0, 30);
        first.leave();
        long last = here.seqs().getLast();
        resumeThere(last);
        assertThat(there.seqs()).isEmpty();
        assertThat(there.texts("replay")).isEmpty();
    }

    @Test
    void pcmNeedsNoFramesBefore() {
        long last = listenHereUntilFrame(30);
        var _ = other.join(there, Start.LIVE, new Resume(Stage.EPOCH, last, null), Format.PCM);
        sayOn(30, 40);
        assertThat(there.seqs().getFirst()).isEqualTo(last + 1);
    }
}
