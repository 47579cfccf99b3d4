package dev.stentor.channel;

import dev.stentor.mix.SourceOrigin;
import dev.stentor.speech.SpeechFailure;

/** The origin of a source that ended with the node on which it was. */
public record LostSource() implements SourceOrigin {

    private static final int NOT_AVAILABLE = 503;
    private static final SpeechFailure WHY = new SpeechFailure.FailedInStream(
            NOT_AVAILABLE, "NodeLost", "The node that mixed this source in is gone.", null, 0);

    /** Returns why the source is over. */
    public SpeechFailure failure() {
        return WHY;
    }

    @Override
    public boolean hasFailed() {
        return true;
    }
}
