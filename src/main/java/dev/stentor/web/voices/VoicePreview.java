package dev.stentor.web.voices;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.WavHeader;
import dev.stentor.speech.Language;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.TableResource;
import dev.stentor.usage.Account;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The synthesis of a sample sentence in a voice; the sentence is the same for all voices of a language. Thread-safe. */
final class VoicePreview {

    private final SpeechEngine engine;
    private final Map<Language, String> sentences;

    VoicePreview(SpeechEngine engine) {
        this.engine = engine;
        this.sentences = TableResource.read(VoicePreview.class, "sentences.tsv", 2).stream()
                .collect(Collectors.toUnmodifiableMap(
                        row -> Language.of(row.get(0)).orElseThrow(), row -> row.get(1)));
    }

    /**
     * Speaks the sentence and emits it as a WAV file. Fails with {@link dev.stentor.speech.SpeechException}.
     */
    Mono<byte[]> of(SpeechRequest request) {
        return Mono.deferContextual(context -> {
            var sound = new ByteArrayOutputStream();
            return engine.speak(request.chargedTo(Account.in(context).charge()))
                    .audio()
                    .doOnNext(buffer -> append(sound, buffer.duplicate()))
                    .then(Mono.fromSupplier(() -> wav(sound)));
        });
    }

    /**
     * Returns the first request that the engine accepts, if there is one: the embedded voice speaks English only.
     *
     * @param wanted language of the sentence; null means English, or a language of the voice if it does not speak English
     */
    SpeechRequest request(VoiceView voice, @Nullable Language wanted) {
        List<Language> languages = new ArrayList<>();
        if (wanted != null) {
            languages.add(wanted);
        } else {
            if (voice.dialect() != null) {
                languages.add(Language.CHINESE);
            }
            if (voice.languages().isEmpty() || voice.languages().contains(Language.ENGLISH.languageType())) {
                languages.add(Language.ENGLISH);
            }
            voice.languages().stream()
                    .map(Language::of)
                    .flatMap(Optional::stream)
                    .forEach(languages::add);
            languages.add(Language.ENGLISH);
        }
        List<SpeechRequest> requests =
                languages.stream().map(language -> sentence(voice, language)).toList();
        return requests.stream()
                .filter(request -> engine.objection(request).isEmpty())
                .findFirst()
                .orElse(requests.getFirst());
    }

    private SpeechRequest sentence(VoiceView voice, Language language) {
        return new SpeechRequest(
                Objects.requireNonNull(sentences.get(language)),
                voice.models().stream().findFirst().orElse(null),
                voice.name(),
                language.languageType(),
                null,
                null);
    }

    private static void append(ByteArrayOutputStream sound, ByteBuffer buffer) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        sound.writeBytes(part);
    }

    private static byte[] wav(ByteArrayOutputStream sound) {
        ByteBuffer header = WavHeader.ofSamples(sound.size() / PcmFormat.SPEECH.bytesPerFrame());
        return ByteBuffer.allocate(header.remaining() + sound.size())
                .put(header)
                .put(sound.toByteArray())
                .array();
    }
}
