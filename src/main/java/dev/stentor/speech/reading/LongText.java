package dev.stentor.speech.reading;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.text.Segment;
import dev.stentor.text.Segmenter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An engine for texts of any length, over one that takes only so much at once. It speaks segment by segment, and fetches the next ones
 * while one is heard. Thread-safe.
 *
 * <p>The samples of the segments are joined as they come, in order, with nothing between them. The first segment streams; demand
 * reaches its source. The next ones are begun at its first sound, are fetched whole, and start to stream when they are heard; no
 * segment is begun before the listener is near it. A segment that fails before it was heard is spoken again, unnoticed. If one fails for
 * good, the speech fails after all sound before it, and the last mark names it. Cancelling cancels all.
 *
 * <p>Memory is that of the segments in the window, whatever the length of the text. A text that fits goes to the engine as it is.
 * See ADR 13.
 */
public final class LongText implements SpeechEngine {

    /** Number of segments that are fetched while one is heard. */
    public static final int AHEAD = 2;

    private static final int SEGMENTS_TO_LOOK_AT = 4;

    private final SpeechEngine engine;
    private final Function<SpeechRequest, TextLimit> limits;
    private final int ahead;
    private final Recorder recorder;
    private final SoundBound bound;
    private final SoundBoundStats stats;

    /** A witness of the sound of a whole text, such as one that keeps it. Thread-safe. */
    @FunctionalInterface
    public interface Recorder {

        /** Recorder that keeps nothing. */
        Recorder NONE = (_, speech) -> speech;

        /** Returns the same sound, to be handed on in its place. */
        Speech recorded(SpeechRequest request, Speech speech);
    }

    /**
     * Splits texts that are over a limit.
     *
     * @param engine speaks the segments; closed by its owner
     * @param limits gives the most that it takes in one request
     * @param ahead number of segments fetched while one is heard
     * @param recorder for texts that were split or come piece by piece, and only for those
     * @param bound most sound of a text that was split, for the segments that were begun by then
     * @param stats learns of each such text whose sound was cut
     */
    public LongText(
            SpeechEngine engine,
            Function<SpeechRequest, TextLimit> limits,
            int ahead,
            Recorder recorder,
            SoundBound bound,
            SoundBoundStats stats) {
        if (ahead < 0) {
            throw new IllegalArgumentException("ahead must not be negative, was " + ahead);
        }
        this.engine = engine;
        this.limits = limits;
        this.ahead = ahead;
        this.recorder = recorder;
        this.bound = bound;
        this.stats = stats;
    }

    @Override
    public Speech speak(SpeechRequest request) {
        TextLimit limit = limits.apply(request);
        if (limit.fits(request.text()) || request.text().isBlank()) {
            return whole(request);
        }
        List<Segment> segments = segments(request, limit);
        return segments.isEmpty()
                ? Speech.failed(nothingToSpeak())
                : kept(request, segmented(request, segments, SegmentedSpeech.START));
    }

    @Override
    public Speech kept(SpeechRequest request, Speech speech) {
        return recorder.recorded(request, speech);
    }

    /**
     * Speaks the rest of a text of which the beginning was spoken before, without asking for the beginning again.
     *
     * @param request the same as then
     * @param from a mark of that speech, at which to begin. Marks and positions are those of the whole text, and go on from it
     * @throws IllegalArgumentException if the text has no such mark
     */
    Speech speakFrom(SpeechRequest request, SegmentMark from) {
        TextLimit limit = limits.apply(request);
        if (from.index() == 0) {
            return speak(request);
        }
        List<Segment> segments = limit.fits(request.text()) ? List.of() : segments(request, limit);
        if (from.index() >= segments.size()
                || from.count() != segments.size()
                || segments.get(from.index()).from() != from.from()) {
            throw new IllegalArgumentException("the text has no such mark: " + from);
        }
        return segmented(request, segments, from);
    }

    /**
     * Returns the same speech without the sound before the mark of this index, exact to the sample; the sound is made, but not heard.
     * Marks from there on keep their positions in the whole; the receipt counts what was heard.
     */
    public static Speech from(Speech speech, int index) {
        return new SkipUntilMark(index).from(speech);
    }

    /** Returns the objection of the engine to the text, or to the first segment of it. */
    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        TextLimit limit = limits.apply(request);
        if (limit.fits(request.text()) || request.text().isBlank()) {
            return engine.objection(request);
        }
        List<Segment> segments = segments(beginning(request, limit), limit);
        return segments.isEmpty()
                ? Optional.of(nothingToSpeak())
                : engine.objection(request.withText(segments.getFirst().text()));
    }

    /** Returns enough of the text for the first segment: a question must not wait for a large text to be cut. */
    private static SpeechRequest beginning(SpeechRequest request, TextLimit limit) {
        String text = request.text();
        int enough = SEGMENTS_TO_LOOK_AT * limit.segments().maxCharacters();
        boolean says = text.chars().limit(enough).anyMatch(Character::isLetterOrDigit);
        return says && text.length() > enough ? request.withText(text.substring(0, enough)) : request;
    }

    private Speech whole(SpeechRequest request) {
        Speech speech = engine.speak(request);
        var mark = new SegmentMark(0, 1, 0, request.text().length(), 0);
        Flux<SegmentMark> one = Flux.just(mark)
                .concatWith(
                        speech.receipt().<SegmentMark>flatMap(_ -> Mono.empty()).onErrorComplete());
        return new Speech(speech.audio(), speech.receipt(), speech.marks().switchIfEmpty(one));
    }

    private Speech segmented(SpeechRequest request, List<Segment> segments, SegmentMark from) {
        return SegmentedSpeech.of(engine, request, SegmentList.of(segments), ahead, Pauses.NONE, from, bound, stats);
    }

    private static List<Segment> segments(SpeechRequest request, TextLimit limit) {
        return new Segmenter(limit.segments()).segments(request.text());
    }

    private static InvalidInput nothingToSpeak() {
        return new InvalidInput("text", "There is no text to speak.");
    }
}
