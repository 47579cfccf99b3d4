package dev.stentor.speech.reading;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;

/** The marks that an engine has told of a speech, until they are taken. Thread-safe. */
final class ToldMarks extends BaseSubscriber<SegmentMark> {

    private final Queue<SegmentMark> told = new ConcurrentLinkedQueue<>();

    /** Returns the marks of a speech, whose audio was not subscribed to yet. To be disposed if that is cancelled. */
    static ToldMarks of(Speech speech) {
        var marks = new ToldMarks();
        speech.marks().subscribe(marks);
        return marks;
    }

    /** Takes the next mark; null if there is none by now. */
    @Nullable SegmentMark poll() {
        return told.poll();
    }

    @Override
    protected void hookOnNext(SegmentMark mark) {
        told.add(mark);
    }

    @Override
    protected void hookOnError(Throwable error) {
        // Marks complete in whatever way the audio ends; a failure is told by the audio.
    }
}
