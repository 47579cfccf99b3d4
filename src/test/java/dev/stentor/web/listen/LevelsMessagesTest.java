package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.MixSettings;
import dev.stentor.channel.Source;
import dev.stentor.mix.DuckSettings;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import dev.stentor.web.TestListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Rules for the loudness of a mix that a listener asks for in its hello, over a real socket. */
class LevelsMessagesTest extends Listening {

    private static final double SILENCE = -120;

    private void mixAlways(boolean always) {
        Channel channel = gateway.channels().open(new ChannelName("lobby"), true);
        answer(channel.mix(_ -> new MixSettings(DuckSettings.DEFAULT, null, always)));
    }

    private static void answer(Mono<?> command) {
        Objects.requireNonNull(command.block(Duration.ofSeconds(20)));
    }

    private TestListener join(String more) throws Exception {
        TestListener listener = TestListener.connect(listen("lobby"));
        listener.say("{\"t\":\"hello\",\"v\":1" + more + "}");
        return listener;
    }

    private static JsonNode json(TestListener.Received message) {
        return Objects.requireNonNull(message.json());
    }

    @Test
    void whoAsksIsToldHowLoudTheMixIsWhileItSoundsAndThatItIsSilent() throws Exception {
        float[] tone = new float[24_000];
        Arrays.fill(tone, 0.5f);
        var music = new Source(
                SoundClip.of(tone)::looped,
                new SourceSettings(0, 5, true),
                new Source.Start.After(Duration.ZERO),
                null,
                SourceOrigin.NONE);
        Channel channel = gateway.channels().open(new ChannelName("lobby"), true);
        try (TestListener listener = join(",\"levels\":true");
                TestListener other = join("")) {
            listener.await("stream");
            other.await("stream");
            long before = System.nanoTime();
            answer(channel.put("music", music, UnaryOperator.identity()));
            JsonNode loud = json(listener.await(message ->
                    message.is("levels") && json(message).path("rms_db").asDouble() > -60));
            assertThat(loud.at("/sources/1/name").asString()).isEqualTo("music");
            assertThat(loud.at("/sources/1/rms_db").asDouble()).isGreaterThan(-60);
            answer(channel.remove("music"));
            listener.await(message ->
                    message.is("levels") && json(message).path("rms_db").asDouble() == SILENCE);
            long tenths = Duration.ofNanos(System.nanoTime() - before).toMillis() / 100 + 2;
            assertThat(listener.seen().stream().filter(message -> message.is("levels")))
                    .as("at most ten a second")
                    .hasSizeLessThanOrEqualTo((int) tenths);
            other.say("{\"t\":\"time\",\"t0\":1}");
            other.await("time");
            assertThat(other.seen()).noneMatch(message -> message.is("levels"));
        }
    }

    @Test
    void aChangeOfTheMixIsToldThoughNothingSounds() throws Exception {
        mixAlways(false);
        try (TestListener listener = join(",\"levels\":true")) {
            int changes = listener.await("levels").path("changes").asInt();
            mixAlways(true);
            listener.await(message ->
                    message.is("levels") && json(message).path("changes").asInt() > changes);
            listener.say("{\"t\":\"time\",\"t0\":1}");
            listener.await("time");
            assertThat(listener.seen().getFirst().is("welcome")).isTrue();
        }
    }

    @Test
    void aWrongWishIsRefused() throws Exception {
        try (TestListener listener = join(",\"levels\":\"yes\"")) {
            JsonNode error = listener.await("error");
            assertThat(error.path("message").asString()).startsWith("levels: ");
            assertThat(listener.closeCode()).isEqualTo(4400);
        }
    }
}
