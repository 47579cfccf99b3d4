package dev.stentor.web.channels;

import dev.stentor.channel.Utterance;
import dev.stentor.speech.WholeFile;
import dev.stentor.web.channels.UtteranceView.Fault;
import org.jspecify.annotations.Nullable;

/** The reasons why there is no recording of an utterance, as clients are told. */
final class MissingFile {

    private static final Fault OFF = new Fault("ArchiveOff", "This gateway keeps no recordings.");
    private static final Fault INCOMPLETE = new Fault(
            "Incomplete", "The speech ended before all of its sound was there; only whole recordings are kept.");
    private static final Fault REST =
            new Fault("Incomplete", "This is the rest of a text that was resumed; only whole recordings are kept.");
    private static final Fault DELETED =
            new Fault("RecordingDeleted", "The recording was deleted: its time was over, or room was short.");
    private static final Fault TOO_LONG = new Fault(
            "RecordingTooLong", "The sound is longer than a recording may be (gateway.archive.max-recording).");
    private static final Fault NO_ROOM =
            new Fault("ArchiveFull", "Other recordings that were being made filled the archive.");
    private static final Fault DISK =
            new Fault("RecordingFailed", "The recording could not be written to the disk, or not in time.");

    private MissingFile() {}

    /**
     * Returns why an utterance without a recording has none; null if there may be one later.
     *
     * @param kept whether this gateway keeps recordings
     */
    static @Nullable Fault of(Utterance utterance, boolean kept) {
        return switch (utterance.file()) {
            case WholeFile.Archived _ -> DELETED;
            case WholeFile.NotKept(WholeFile.Why why) ->
                switch (why) {
                    case TOO_LONG -> TOO_LONG;
                    case NO_ROOM -> NO_ROOM;
                    case DISK -> DISK;
                };
            case WholeFile.AtService _ -> null;
            case null -> unfinished(utterance, kept);
        };
    }

    private static @Nullable Fault unfinished(Utterance utterance, boolean kept) {
        return switch (utterance.state()) {
            case QUEUED, SYNTHESIZING, PLAYING -> null;
            case DONE, FAILED, CLEARED, EXPIRED -> {
                if (!kept) {
                    yield OFF;
                }
                if (utterance.state() != Utterance.State.DONE) {
                    yield INCOMPLETE;
                }
                yield utterance.continues() == null ? null : REST;
            }
        };
    }
}
