package dev.stentor.testing;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CloneOrder;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.DesignOrder;
import dev.stentor.speech.voices.DesignedVoice;
import dev.stentor.speech.voices.VoiceStudio;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A fake studio that makes voices without a service, and records its calls. Thread-safe. */
public final class FakeStudio implements VoiceStudio {

    private final List<CustomVoice> voices = new CopyOnWriteArrayList<>();
    private final List<Object> orders = new CopyOnWriteArrayList<>();
    private final List<byte[]> recordings = new CopyOnWriteArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private volatile @Nullable SpeechFailure failure;

    public FakeStudio(CustomVoice... voices) {
        this.voices.addAll(List.of(voices));
    }

    /** Returns a voice that was cloned for the model over HTTP. */
    public static CustomVoice cloned(String name) {
        return new CustomVoice(name, Voice.Kind.CLONED, "qwen3-tts-vc-2026-01-22", "en", "2026-03-04 05:06:07", null);
    }

    /** Lets all later calls fail with this failure; null lets them succeed. */
    public void failWith(@Nullable SpeechFailure newFailure) {
        failure = newFailure;
    }

    /** Adds a voice as if somebody else had made it. */
    public void add(CustomVoice voice) {
        voices.add(voice);
    }

    /** Returns the number of calls for the list of clones. */
    public int lists() {
        return lists.get();
    }

    /** Returns all orders, in their order. */
    public List<Object> orders() {
        return List.copyOf(orders);
    }

    /** Returns the recordings that came with the orders. */
    public List<byte[]> recordings() {
        return List.copyOf(recordings);
    }

    @Override
    public Mono<CustomVoice> copy(CloneOrder order) {
        return unlessFailing(order.recording()
                .content()
                .collect(ByteArrayOutputStream::new, FakeStudio::append)
                .map(sound -> {
                    recordings.add(sound.toByteArray());
                    orders.add(order);
                    return made(new CustomVoice(
                            "qwen-tts-vc-" + order.name() + "-voice-1",
                            Voice.Kind.CLONED,
                            order.targetModel(),
                            order.language(),
                            null,
                            null));
                }));
    }

    @Override
    public Mono<DesignedVoice> design(DesignOrder order) {
        return unlessFailing(Mono.fromSupplier(() -> {
            orders.add(order);
            CustomVoice voice = made(new CustomVoice(
                    "qwen-tts-vd-" + order.name() + "-voice-1",
                    Voice.Kind.DESIGNED,
                    order.targetModel(),
                    order.language(),
                    null,
                    order.description()));
            return new DesignedVoice(voice, new DesignedVoice.Preview("UklGRg==", "wav"));
        }));
    }

    @Override
    public Flux<CustomVoice> voices(Voice.Kind kind) {
        return unlessFailing(Mono.fromSupplier(() -> {
                    if (kind == Voice.Kind.CLONED) {
                        lists.incrementAndGet();
                    }
                    return voices.stream().filter(voice -> voice.kind() == kind).toList();
                }))
                .flatMapIterable(found -> found);
    }

    @Override
    public Mono<Void> delete(Voice.Kind kind, String name) {
        return unlessFailing(Mono.fromSupplier(() -> voices.removeIf(
                        voice -> voice.kind() == kind && voice.name().equals(name))))
                .then();
    }

    @Override
    public Mono<Answer> pass(Body body) {
        return Mono.error(new UnsupportedOperationException("a fake studio speaks no foreign words"));
    }

    private CustomVoice made(CustomVoice voice) {
        voices.add(voice);
        return voice;
    }

    private <T> Mono<T> unlessFailing(Mono<T> work) {
        return Mono.defer(() -> {
            SpeechFailure wrong = failure;
            return wrong == null ? work : Mono.error(new SpeechException(wrong));
        });
    }

    private static void append(ByteArrayOutputStream sound, ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.duplicate().get(bytes);
        sound.writeBytes(bytes);
    }
}
