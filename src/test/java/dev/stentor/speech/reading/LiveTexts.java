package dev.stentor.speech.reading;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;

/** An engine for texts that are being written, the sound that it gives, and the pauses between segments. */
final class LiveTexts {

    static final Pauses PAUSES = new Pauses(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30));

    private LiveTexts() {}

    /** Returns ten loud samples for each character, then a number of quiet ones. */
    static byte[] loud(String text, int quiet) {
        ByteBuffer pcm = ByteBuffer.allocate(2 * (10 * text.length() + quiet)).order(ByteOrder.LITTLE_ENDIAN);
        text.chars().forEach(letter -> {
            for (int i = 0; i < 10; i++) {
                pcm.putShort((short) (1_000 + letter));
            }
        });
        for (int i = 0; i < quiet; i++) {
            pcm.putShort((short) (i % 2 == 0 ? 50 : -50));
        }
        return pcm.array();
    }

    static ScriptedEngine loudly(int quiet) {
        return ScriptedEngine.of(request -> Flux.fromIterable(Signals.chunks(loud(request.text(), quiet), 66)));
    }

    static Speech speech(SpeechEngine engine, SegmentList script) {
        return new LiveText(engine, 2, PAUSES, SoundBound.STANDARD).speak(SpeechRequest.of(""), script);
    }

    static byte[] bytes(List<ByteBuffer> sound) {
        var all = new ByteArrayOutputStream();
        sound.forEach(buffer -> {
            byte[] part = new byte[buffer.remaining()];
            buffer.duplicate().get(part);
            all.writeBytes(part);
        });
        return all.toByteArray();
    }

    static byte[] silence(int samples) {
        return new byte[2 * samples];
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
