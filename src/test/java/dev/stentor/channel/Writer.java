package dev.stentor.channel;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.reading.Pauses;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A writer of an open utterance's text, bit by bit, in a booth. Confined to the test's thread. */
final class Writer {

    private static final Duration IDLE = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Settings without pauses: the sound of a text is that of its segments. */
    static final ChannelSettings SETTINGS = ChannelSettings.conversation()
            .withWriting(new OpenTextSettings(IDLE, PATIENCE, 2, 400, Pauses.NONE, SoundBound.STANDARD));
    /** Samples for each character. */
    static final int PER_CHARACTER = 600;

    final ScriptedEngine engine = ScriptedEngine.of(Writer::sound);
    final Booth booth = new Booth(engine, SETTINGS);

    static Flux<ByteBuffer> sound(SpeechRequest request) {
        return Flux.fromIterable(
                Signals.chunks(Signals.selfIndexing(request.text().length() * PER_CHARACTER), 4_800));
    }

    static UtteranceRequest asked(String beginning) {
        return UtteranceRequest.of(SpeechRequest.of(beginning)).opened();
    }

    static ChannelSettings natural() {
        return SETTINGS.withWriting(new OpenTextSettings(IDLE, PATIENCE, 2, 400, Pauses.NATURAL, SoundBound.STANDARD));
    }

    @CanIgnoreReturnValue
    Utterance open(String beginning) {
        return booth.answer(booth.channel.speak(asked(beginning)));
    }

    @CanIgnoreReturnValue
    TextProgress write(@Nullable Long number, String piece) {
        return booth.answer(booth.channel.write("u1", number, piece));
    }

    @CanIgnoreReturnValue
    TextProgress end() {
        return booth.answer(booth.channel.end("u1", null));
    }

    void advance(long millis) {
        booth.clock.advance(Duration.ofMillis(millis));
    }

    List<String> spoken() {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }

    static ChannelRefusal refusal(Runnable asked) {
        try {
            asked.run();
        } catch (ChannelException refused) {
            return refused.refusal();
        }
        throw new AssertionError("it was not refused");
    }
}
