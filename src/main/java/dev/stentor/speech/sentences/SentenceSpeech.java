package dev.stentor.speech.sentences;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechSource;
import dev.stentor.text.Segment;
import dev.stentor.text.Segmenter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One text that is spoken segment by segment. Each sentence is told before its first sample, and each word before its own. Its counter is atomic, because the end may
 * come on another thread than the sound.
 */
public final class SentenceSpeech implements SpeechSource {

    /** Size of a buffer: a tenth of a second. */
    private static final int BUFFER_BYTES = SpeechTime.SAMPLES_PER_SECOND / 10 * Short.BYTES;

    /** Keeps the name that log filters know. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.stentor.speech.local.Utterance");

    private final String id;
    private final String text;
    private final SentenceVoice voice;
    private final Workers workers;
    private final Segmenter segmenter;
    private final Mono<Runnable> entry;
    private final StartDelay delay;

    private final AtomicLong samples = new AtomicLong();
    private final SentenceMarks marks = new SentenceMarks();

    /** A segment and its sound. */
    private record SpokenSegment(Segment segment, SentenceSound sound) {}

    /**
     * Creates the speech; nothing begins before its audio is subscribed to.
     *
     * @param entry emits when the voice may begin; what it emits is run once, when all sound is made, or none is wanted any more
     * @param delay of the first sound
     */
    public SentenceSpeech(
            String id,
            String text,
            SentenceVoice voice,
            Workers workers,
            Segmenter segmenter,
            Mono<Runnable> entry,
            StartDelay delay) {
        this.id = id;
        this.text = text;
        this.voice = voice;
        this.workers = workers;
        this.segmenter = segmenter;
        this.entry = entry;
        this.delay = delay;
    }

    /** Tells whether any part of a text makes a sound. */
    private static boolean isSaid(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** Returns the reason why there is nothing in a text to speak; empty if there is something. */
    public static Optional<SpeechFailure.InvalidInput> nothingToSay(String text) {
        if (text.isBlank()) {
            return Optional.of(new SpeechFailure.InvalidInput("text", "There is no text to speak."));
        }
        return isSaid(text)
                ? Optional.empty()
                : Optional.of(new SpeechFailure.InvalidInput(
                        "text", "The text has no letters or digits: there is nothing to speak."));
    }

    /** Returns where its sentences begin; see {@link dev.stentor.speech.Speech#marks}. */
    public Flux<SegmentMark> marks() {
        return marks.told();
    }

    @Override
    public Flux<ByteBuffer> audio() {
        return entry.flatMapMany(this::sound)
                .onErrorMap(error -> !(error instanceof SpeechException), this::fault)
                .doOnNext(buffer -> samples.addAndGet(buffer.remaining() / 2))
                .doOnTerminate(marks::end)
                .doOnCancel(marks::end);
    }

    /**
     * Returns the sound, at most two segments ahead of demand: one waits here, and the concatMap has begun the next one without
     * demand. So the next sentence is made while this one plays, and a listener who leaves costs two sentences.
     */
    private Flux<ByteBuffer> sound(Runnable leave) {
        List<Segment> said = segmenter.segments(text).stream()
                .filter(segment -> isSaid(segment.text()))
                .toList();
        marks.begin(segmenter.sentences(text, said));
        return Flux.range(0, said.size())
                .concatMap(n -> spoken(said, n), 1)
                .doFinally(_ -> leave.run())
                .switchOnFirst((first, all) -> all.delaySubscription(delay(first.get(), said)))
                .flatMapIterable(this::begun, 1);
    }

    private Mono<SpokenSegment> spoken(List<Segment> said, int n) {
        Segment segment = said.get(n);
        boolean goesOn = n + 1 < said.size() && goesOn(segment, said.get(n + 1));
        Workers.JobKind kind = n == 0 ? Workers.JobKind.FIRST : Workers.JobKind.LATER;
        Mono<SentenceSound> made = workers.run(kind, () -> {
            SentenceSound sound = voice.speak(segment.text(), goesOn);
            if (!sound.samples().hasRemaining()) {
                throw new SpeechException(new SpeechFailure.EngineFault(
                        "The " + workers.voice() + " made no sound for a part of the text."));
            }
            return sound;
        });
        return made.map(sound -> new SpokenSegment(segment, sound));
    }

    /** Tells whether the next segment continues a clause: no sign ends this one, and no line. */
    private boolean goesOn(Segment segment, Segment next) {
        int last = segment.text().codePointBefore(segment.text().length());
        return Character.isLetterOrDigit(last)
                && text.substring(segment.to(), next.from()).indexOf('\n') < 0;
    }

    /** Completes when the sound may begin, of which the first segment is made; null if none is made. */
    private Mono<Void> delay(@Nullable SpokenSegment first, List<Segment> said) {
        if (first == null || said.size() == 1) {
            return Mono.empty();
        }
        int samples = first.sound().samples().remaining() / Short.BYTES;
        Duration held = delay.of(samples, said.subList(1, said.size()));
        return held.isPositive() ? Mono.delay(held).then() : Mono.empty();
    }

    /** Tells that a segment begins, now that all sound before it was given, and returns its sound. */
    private List<ByteBuffer> begun(SpokenSegment spoken) {
        ByteBuffer samples = spoken.sound().samples();
        marks.add(
                spoken.segment(),
                samples.remaining() / Short.BYTES,
                spoken.sound().words());
        return buffers(samples);
    }

    private static List<ByteBuffer> buffers(ByteBuffer sound) {
        int length = sound.remaining();
        return IntStream.iterate(0, from -> from < length, from -> from + BUFFER_BYTES)
                .mapToObj(from -> sound.slice(from, Math.min(BUFFER_BYTES, length - from)))
                .toList();
    }

    /** Logs the kind of the error and its place, but not its message, which may hold the text. Returns the failure. */
    private SpeechException fault(Throwable error) {
        var bare = new IllegalStateException(error.getClass().getName());
        bare.setStackTrace(error.getStackTrace());
        LOG.atWarn().addKeyValue("request", id).setCause(bare).log("The {} failed on a sentence.", workers.voice());
        return new SpeechException(
                new SpeechFailure.EngineFault("The " + workers.voice() + " failed on a part of the text."), bare);
    }

    @Override
    public Mono<Receipt> receipt(Receipt.Ending ending) {
        return Mono.just(new Receipt(id, samples.get(), BilledCharacters.of(text), ending, null));
    }
}
