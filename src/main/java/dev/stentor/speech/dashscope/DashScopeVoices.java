package dev.stentor.speech.dashscope;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CloneOrder;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.DesignOrder;
import dev.stentor.speech.voices.DesignedVoice;
import dev.stentor.speech.voices.VoiceStudio;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A studio that clones and designs voices with an account of Alibaba Model Studio. A recording is sent while it is read, in
 * Base64 within the JSON; neither is ever held as a whole. Nothing is sent twice. Signals come on the event loop of the
 * connection, time-outs on the timer. Thread-safe.
 */
public final class DashScopeVoices implements VoiceStudio, AutoCloseable {

    private static final int PAGE_VOICES = 50;
    /** Most pages that are read: ten times the voices that an account may have. */
    private static final int MOST_PAGES = 200;

    private final CustomizationCall calls;

    /**
     * Creates a studio that has no open connection yet.
     *
     * @param patience longest time of one request, from its first byte to the last byte of its answer
     * @param timer measures the patience; not disposed with the studio
     */
    public DashScopeVoices(DashScopeSettings settings, Duration patience, Scheduler timer) {
        this.calls = new CustomizationCall(settings, patience, timer);
    }

    @Override
    public Mono<CustomVoice> copy(CloneOrder order) {
        Map<String, Object> input = input("create");
        input.put("target_model", order.targetModel());
        input.put("preferred_name", order.name());
        putUnlessNull(input, "text", order.transcript());
        putUnlessNull(input, "language", order.language());
        return calls.send(CustomizationBody.withRecording(model(Voice.Kind.CLONED), input, order.recording()))
                .map(answer -> answer.created(Voice.Kind.CLONED, order.targetModel(), order.language(), null));
    }

    @Override
    public Mono<DesignedVoice> design(DesignOrder order) {
        Map<String, Object> input = input("create");
        input.put("target_model", order.targetModel());
        input.put("voice_prompt", order.description());
        input.put("preview_text", order.previewText());
        input.put("preferred_name", order.name());
        putUnlessNull(input, "language", order.language());
        Map<String, Object> preview = Map.of("sample_rate", SpeechTime.SAMPLES_PER_SECOND, "response_format", "wav");
        return calls.send(CustomizationBody.of(model(Voice.Kind.DESIGNED), input, preview))
                .map(answer -> new DesignedVoice(
                        answer.created(Voice.Kind.DESIGNED, order.targetModel(), order.language(), order.description()),
                        answer.preview()));
    }

    @Override
    public Flux<CustomVoice> voices(Voice.Kind kind) {
        return page(kind, VoicePage.NONE)
                .expand(page -> page.isLast() || page.index() + 1 >= MOST_PAGES ? Mono.empty() : page(kind, page))
                .concatMapIterable(VoicePage::voices);
    }

    @Override
    public Mono<Void> delete(Voice.Kind kind, String name) {
        Map<String, Object> input = input("delete");
        input.put("voice", name);
        return calls.send(CustomizationBody.of(model(kind), input, null)).then();
    }

    @Override
    public Mono<Answer> pass(Body body) {
        return calls.pass(body);
    }

    /** Closes idle connections at once, and the others when their answers end. Does not wait. */
    @Override
    public void close() {
        calls.close();
    }

    private Mono<VoicePage> page(Voice.Kind kind, VoicePage before) {
        Map<String, Object> input = input("list");
        input.put("page_size", PAGE_VOICES);
        input.put("page_index", before.index() + 1);
        return calls.send(CustomizationBody.of(model(kind), input, null)).map(answer -> answer.page(kind, before));
    }

    private static String model(Voice.Kind kind) {
        return switch (kind) {
            case CLONED -> "qwen-voice-enrollment";
            case DESIGNED -> "qwen-voice-design";
            case BUILTIN, EMBEDDED -> throw new IllegalArgumentException("no voices of kind " + kind + " are made");
        };
    }

    private static Map<String, Object> input(String action) {
        var input = new LinkedHashMap<String, Object>();
        input.put("action", action);
        return input;
    }

    private static void putUnlessNull(Map<String, Object> input, String name, @Nullable Object value) {
        if (value != null) {
            input.put(name, value);
        }
    }
}
