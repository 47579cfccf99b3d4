package dev.stentor.broadcast;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.Messages.Resumed;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimedWord;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.MixLevels;
import dev.stentor.channel.PlayerControl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that the player's tests read too: what the gateway writes is what the player reads, byte for byte. */
class GoldenFilesTest {

    private static final BroadcastSettings SETTINGS = new BroadcastSettings(
            Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 10, "n4f2");

    private static final JsonMapper JSON = new JsonMapper();
    private static final ChannelName LOBBY = new ChannelName("lobby");

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void headersAreReadAndWrittenAsTheFileHasThem(String name, JsonNode golden) {
        byte[] bytes = HexFormat.of().parseHex(golden.path("hex").asString());
        FrameHeader header = FrameHeader.readFrom(Unpooled.wrappedBuffer(bytes));
        assertThat(header)
                .isEqualTo(new FrameHeader(
                        golden.path("type").asInt(),
                        golden.path("flags").asInt(),
                        golden.path("gen").asInt(),
                        golden.path("seq").asLong(),
                        golden.path("pos").asLong(),
                        golden.path("ts_us").asLong()));
        ByteBuf written = Unpooled.buffer();
        header.writeTo(written);
        assertThat(ByteBuffer.wrap(bytes, 0, FrameHeader.BYTES)).isEqualTo(written.nioBuffer());
    }

    @Test
    void aFrameIsEncodedAsTheFileHasIt() {
        for (String name : List.of("plain", "first", "last, zero-padded")) {
            JsonNode golden = named("entries", name);
            byte[] bytes = HexFormat.of().parseHex(golden.path("hex").asString());
            ByteBuffer audio =
                    ByteBuffer.allocate(golden.path("samples").size() * 2).order(ByteOrder.LITTLE_ENDIAN);
            golden.path("samples").forEach(sample -> audio.putShort((short) sample.asInt()));
            var encoder = new EntryEncoder(
                    UnpooledByteBufAllocator.DEFAULT, golden.path("seq").asLong());
            Entry entry = encoder.encode(
                    new Audio(
                            golden.path("gen").asInt(),
                            golden.path("pos").asLong(),
                            golden.path("ts_us").asLong(),
                            (golden.path("flags").asInt() & FrameHeader.FIRST) != 0,
                            (golden.path("flags").asInt() & FrameHeader.LAST) != 0,
                            audio.flip().asReadOnlyBuffer(),
                            480),
                    0,
                    SETTINGS);
            ByteBuf message = entry.message().copy();
            int head = message.readableBytes() - bytes.length;
            assertThat(message.nioBuffer(head, bytes.length)).as(name).isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(message.getUnsignedByte(0)).isEqualTo((short) 0x82);
            assertThat(message.getUnsignedShort(2)).isEqualTo(bytes.length);
            message.release();
            entry.release();
            encoder.release();
        }
    }

    @Test
    void eventsAreWrittenAsTheFileHasThem() {
        JsonNode started = json("utterance.started");
        assertThat(eventJson(
                        41870,
                        new UtteranceStarted(
                                "u52", 17, 2250720, started.path("text").asString(), "Cherry", "English")))
                .isEqualTo(text("utterance.started"));
        assertThat(eventJson(
                        41870,
                        new UtteranceStarted(
                                "u52", 17, 2250720, started.path("text").asString(), "Cherry", "English", true)))
                .isEqualTo(text("utterance.started, open"));
        assertThat(eventJson(41875, new UtteranceEnded("u52", 2250720, 1800, Reason.DONE, null)))
                .isEqualTo(text("utterance.ended"));
        assertThat(eventJson(41873, new Caption("u52", 2251680, "Good morning", 0, 12, 1, 3)))
                .isEqualTo(text("caption"));
        assertThat(eventJson(41873, new Caption("u52", 2251680, "Good morning", 0, 12, 1, 0)))
                .isEqualTo(text("caption, open"));
        assertThat(eventJson(
                        41874,
                        new WordsSpoken(
                                "u52",
                                2252280,
                                List.of(new TimedWord(0, 4, 0, 6600), new TimedWord(5, 12, 6600, 18000)))))
                .isEqualTo(text("words"));
        assertThat(eventJson(41890, new SpeechCleared(18, 2256480, ClearRequest.all("interrupt"))))
                .isEqualTo(text("clear"));
        assertThat(eventJson(41874, new MarkReached("u52", "gates", 2252000, true)))
                .isEqualTo(text("mark"));
        assertThat(eventJson(41891, new LeadChanged(18, 1_000))).isEqualTo(text("stream, changed"));
        assertThat(EventJson.of(
                        41891,
                        new LeadChanged(18, 1_000),
                        SETTINGS.withReports(Duration.ofMillis(1_500), Duration.ofMillis(750))))
                .isEqualTo(text("stream, for a large audience"));
        var continued = new ClearRequest(ClearRequest.Scope.CURRENT, 40, 5, "cancel");
        assertThat(eventJson(41891, new SpeechCleared(19, 2263680, continued, 2256480L)))
                .isEqualTo(text("clear, continued"));
        assertThat(eventJson(41878, new ControlChanged(new PlayerControl(0.5, true))))
                .isEqualTo(text("control"));
        assertThat(Messages.control(new PlayerControl(null, false))).isEqualTo(text("control, for one"));
        assertThat(eventJson(41876, new SpeechPaused(2251440))).isEqualTo(text("pause"));
        assertThat(eventJson(41877, new SpeechResumed(2251440))).isEqualTo(text("resume"));
        assertThat(eventJson(41869, new TimelineMoved(2250720, 918273625123L))).isEqualTo(text("timeline"));
        assertThat(EventJson.of(
                        41869,
                        new TimelineMoved(2250720, 918273625123L),
                        SETTINGS.withGroupDelay(Duration.ofMillis(250))))
                .isEqualTo(text("timeline, in step"));
    }

    @Test
    void speechInOpusIsWrittenAsTheFileHasIt() {
        assertThat(GoldenOpus.frames())
                .isEqualTo(file("opus").valueStream().map(JsonNode::asString).toList());
    }

    @Test
    void aBookIsToldByItsBeginning() {
        String book = "x".repeat(3_999) + "\uD83D\uDE00" + "y".repeat(10_000);
        JsonNode started = JSON.readTree(eventJson(1, new UtteranceStarted("u1", 1, 0, book, null, null)));
        assertThat(started.path("text").asString()).isEqualTo("x".repeat(3_999));
        assertThat(started.path("text_length").asInt()).isEqualTo(14_001);
    }

    @Test
    void messagesToOneConnectionAreWrittenAsTheFileHasThem() {
        List<String> now = json("welcome")
                .path("now")
                .valueStream()
                .map(JsonNode::toString)
                .toList();
        assertThat(welcome(SETTINGS, null, now)).isEqualTo(text("welcome"));
        assertThat(welcome(SETTINGS, new Resumed(Resumed.Status.OK, 41873, 0), List.of()))
                .isEqualTo(text("welcome, resumed"));
        assertThat(Messages.stream(17, parameters(SETTINGS))).isEqualTo(text("stream"));
        assertThat(Messages.stream(17, parameters(SETTINGS).in(Format.OPUS))).isEqualTo(text("stream, opus"));
        assertThat(Messages.replay(41873, 41990, 2251680)).isEqualTo(text("replay"));
        assertThat(Messages.gap(41873, 41989, 2251680, 2306880, GapCause.SLOW, List.of()))
                .isEqualTo(text("gap"));
        assertThat(timeAnswer("5000000", 918273645123L, 918273645131L)).isEqualTo(text("time"));
        var sources = List.of(
                new MixLevels.SourceLoudness("speech", -9.44, -16.16),
                new MixLevels.SourceLoudness("music", -24.5, -30.12));
        assertThat(Messages.levels(new MixLevels(3, -9.12, -15.5, sources))).isEqualTo(text("levels"));
        assertThat(Messages.error("bad_message", "The field \"t\" is missing.", false))
                .isEqualTo(text("error"));
        assertThat(Messages.refused(
                        "r1", "forbidden", "t: Listeners may not do that here; see gateway.listen.control."))
                .isEqualTo(text("error, with a reference"));
        assertThat(Messages.said("r1", "u52")).isEqualTo(text("said"));
        assertThat(Messages.byeUntil(400)).isEqualTo(text("bye"));
    }

    private static String timeAnswer(String t0, long receivedMicros, long sentMicros) {
        ByteBuf frame = TimeAnswer.frame(t0.getBytes(US_ASCII), 0, t0.length(), receivedMicros, sentMicros, 0);
        String payload = frame.skipBytes(2).toString(US_ASCII);
        frame.release();
        return payload;
    }

    private static String eventJson(long seq, ChannelEvent event) {
        return EventJson.of(seq, event, SETTINGS);
    }

    private static String welcome(BroadcastSettings settings, @Nullable Resumed resumed, List<String> now) {
        return Messages.welcome(parameters(settings), 41990, 918273645123L, "c81", resumed, now);
    }

    private static StreamParameters parameters(BroadcastSettings settings) {
        return new StreamParameters(LOBBY, 17, 100, settings, false);
    }

    static Stream<Object[]> entries() {
        return file("entries").valueStream().map(entry ->
                new Object[] {entry.path("name").asString(), entry});
    }

    private static String text(String name) {
        return named("messages", name).path("text").asString();
    }

    private static JsonNode json(String name) {
        return named("messages", name).path("json");
    }

    private static JsonNode named(String file, String name) {
        return file(file)
                .valueStream()
                .filter(entry -> entry.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode file(String name) {
        InputStream stream = GoldenFilesTest.class.getResourceAsStream("/golden/" + name + ".json");
        return JSON.readTree(Objects.requireNonNull(stream));
    }
}
