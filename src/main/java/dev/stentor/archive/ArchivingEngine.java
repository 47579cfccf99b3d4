package dev.stentor.archive;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpeechSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * An engine that records its speech, and speaks a text once where it can: an equal request is played from the archive, or joins
 * the one that is being spoken. Its receipts name the file, or why recording has failed; the speech did not suffer then. Thread-safe. See ADR 10.
 */
public final class ArchivingEngine implements SpeechEngine {

    private static final Duration NEVER = Duration.ofDays(365);

    private final SpeechEngine engine;
    private final Archive archive;
    private final RequestKeys keys;
    private final Settings settings;
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();
    private final @Nullable OtherArchives others;
    private final @Nullable ArchiveSearches searches;

    /**
     * Settings of sharing and of draining.
     *
     * @param origin returns whose sound it is, such as the service's address, for each request anew: sound of another origin is not played
     * @param sharedCharacters the longest text that equal requests share
     * @param patience how long nobody may ask for sound before the rest is drained into the file
     */
    public record Settings(Supplier<String> origin, int sharedCharacters, Duration patience) {
        public Settings {
            if (sharedCharacters < 0) {
                throw new IllegalArgumentException("sharedCharacters must not be negative, was " + sharedCharacters);
            }
            if (!patience.isPositive()) {
                throw new IllegalArgumentException("patience must be positive, was " + patience);
            }
        }
    }

    /**
     * Puts an engine behind the archive. Nothing is owned.
     *
     * @param key secret behind the keys of requests; archives that share recordings have the same one
     * @param others archives that share their recordings with this one; null if there are none
     */
    public ArchivingEngine(
            SpeechEngine engine, Archive archive, SigningKey key, Settings settings, @Nullable OtherArchives others) {
        this.engine = engine;
        this.archive = archive;
        this.keys = new RequestKeys(key, settings.origin());
        this.settings = settings;
        this.others = others;
        this.searches = others == null ? null : new ArchiveSearches(archive, others, flights::containsKey);
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    @Override
    public Speech speak(SpeechRequest request) {
        return heard((receipt, marks) -> audio(request, receipt, marks));
    }

    /**
     * Returns this engine for one who makes other sound of its sound: what equal requests share is played, joined or recorded, and the
     * rest passes the archive by.
     */
    public SpeechEngine sharedOnly() {
        return new SharedOnly();
    }

    /** This engine, without recordings that no other request finds. */
    private final class SharedOnly implements SpeechEngine {
        @Override
        public Optional<InvalidInput> objection(SpeechRequest request) {
            return engine.objection(request);
        }

        @Override
        public Speech speak(SpeechRequest request) {
            return isShared(request) ? ArchivingEngine.this.speak(request) : engine.speak(request);
        }
    }

    /**
     * Records speech that was made elsewhere, such as that of the parts of a long text, as one file, which no other request
     * finds. It is never drained: each part is, by itself.
     */
    public static Speech recorded(Archive archive, SpeechRequest request, Speech speech) {
        return heard((receipt, marks) ->
                live(new Flight(archive, request, null, speech, NEVER, over -> {}), receipt, marks));
    }

    private static Speech heard(BiFunction<Sinks.One<Receipt>, Sinks.One<Flux<SegmentMark>>, Flux<ByteBuffer>> source) {
        Sinks.One<Receipt> receipt = Sinks.one();
        Sinks.One<Flux<SegmentMark>> marks = Sinks.one();
        Speech heard = Speech.once(() -> new Archived(source.apply(receipt, marks), receipt.asMono()));
        return heard.withMarks(marks.asMono()
                .flatMapMany(known -> known)
                .takeUntilOther(heard.receipt().onErrorComplete()));
    }

    /** Sound of an archive's file or flight, whose reader tells the receipt. */
    private record Archived(Flux<ByteBuffer> audio, Mono<Receipt> told) implements SpeechSource {
        @Override
        public Mono<Receipt> receipt(Receipt.Ending ending) {
            return told;
        }
    }

    private Flux<ByteBuffer> audio(
            SpeechRequest request, Sinks.One<Receipt> receipt, Sinks.One<Flux<SegmentMark>> marks) {
        if (!isShared(request)) {
            return live(begin(request, null), receipt, marks);
        }
        String key = keys.of(request);
        Optional<ArchivedFile> file = archive.findEqual(key);
        if (file.isPresent()) {
            return keptOrSpoken(file.get(), request, receipt, marks);
        }
        if (searches == null || flights.containsKey(key)) {
            return spoken(request, key, receipt, marks);
        }
        return searches.of(key)
                .flatMapMany(found -> found.map(other -> keptOrSpoken(other, request, receipt, marks))
                        .orElseGet(() -> spoken(request, key, receipt, marks)));
    }

    private Flux<ByteBuffer> keptOrSpoken(
            ArchivedFile file, SpeechRequest request, Sinks.One<Receipt> receipt, Sinks.One<Flux<SegmentMark>> marks) {
        return kept(file, request, receipt, marks).onErrorResume(StoredAudio.Gone.class, _ -> {
            archive.forget(file);
            return audio(request, receipt, marks);
        });
    }

    /** Plays the sound of a flight that is under way, or begins one. */
    private Flux<ByteBuffer> spoken(
            SpeechRequest request, String key, Sinks.One<Receipt> receipt, Sinks.One<Flux<SegmentMark>> marks) {
        Flight flight = flights.compute(key, (_, known) -> joinedOrBegun(request, key, known));
        // Null if it has ended since the archive was asked: now there is a file.
        return flight == null
                ? audio(request, receipt, marks)
                : live(flight, receipt, marks)
                        .onErrorResume(StoredAudio.Gone.class, _ -> audio(request, receipt, marks));
    }

    private @Nullable Flight joinedOrBegun(SpeechRequest request, String key, @Nullable Flight known) {
        if (known != null && known.retain()) {
            archive.stats().joined();
            return known;
        }
        return archive.findEqual(key).isPresent() ? null : begin(request, key);
    }

    private Flight begin(SpeechRequest request, @Nullable String key) {
        archive.stats().missed();
        if (key != null) {
            archive.pending().begin(key);
        }
        return new Flight(archive, request, key, engine.speak(request), settings.patience(), over -> {
            if (key != null && flights.remove(key, over)) {
                over(key);
            }
        });
    }

    private void over(String key) {
        archive.pending().end(key);
        if (others != null) {
            others.over(key, archive.findEqual(key).isPresent());
        }
    }

    private Flux<ByteBuffer> kept(
            ArchivedFile file, SpeechRequest request, Sinks.One<Receipt> receipt, Sinks.One<Flux<SegmentMark>> marks) {
        archive.stats().hit();
        int characters = request.text().length();
        return Flux.from(subscriber -> new StoredAudio(archive, file, characters, subscriber, receipt, marks).play());
    }

    private static Flux<ByteBuffer> live(
            Flight flight, Sinks.One<Receipt> receipt, Sinks.One<Flux<SegmentMark>> marks) {
        return Flux.deferContextual(context -> Flux.from(subscriber -> {
            var reader = new AudioReader(flight, subscriber, receipt);
            subscriber.onSubscribe(reader);
            flight.enter(reader, Context.of(context), () -> {
                var _ = marks.tryEmitValue(flight.marks());
            });
        }));
    }

    private boolean isShared(SpeechRequest request) {
        return !request.fresh()
                && !Boolean.TRUE.equals(request.optimizeInstructions())
                && request.text().codePointCount(0, request.text().length()) <= settings.sharedCharacters();
    }
}
