package dev.stentor.channel;

import dev.stentor.usage.Quota;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a channel does not do something that it was asked for.
 *
 * @param kind the kind of refusal, to switch on
 * @param message a sentence, for people
 * @param retryAfter estimated time until there will be room; null if that is not known, or waiting does not help
 * @param nextPiece number of the next piece of an open text that is taken; null if the refusal is not about that
 */
public record ChannelRefusal(
        Kind kind,
        String message,
        @Nullable Duration retryAfter,
        @Nullable Long nextPiece) {

    /** The kind of a refusal, with the stable code that clients are told. */
    public enum Kind {
        /** There are too many channels. */
        TOO_MANY_CHANNELS("TooManyChannels"),
        /** The caller has too many channels. */
        CHANNEL_QUOTA(Quota.CHANNELS.code()),
        /** Too many utterances wait. */
        QUEUE_FULL("QueueFull"),
        /** The texts that wait have too many characters. */
        TOO_MUCH_TEXT("TooMuchText"),
        /** The utterances that wait would take too long. */
        TOO_MUCH_SOUND("TooMuchSound"),
        /** There is no such channel, and it is not made by using it. */
        NO_SUCH_CHANNEL("NotFound"),
        /** The utterance has not failed, or the place is not known at which it did. */
        NOTHING_TO_RESUME("NothingToResume"),
        /** The text of the utterance was given whole. */
        NOT_OPEN("NotOpen"),
        /** The text was ended by its writer. */
        TEXT_ENDED("TextEnded"),
        /** The text was ended since no piece came for too long. */
        TEXT_TIMED_OUT("TextTimedOut"),
        /** The utterance was cleared or cancelled, expired, or failed. */
        UTTERANCE_OVER("UtteranceOver"),
        /** A piece of that number was taken, with another text. */
        PIECE_DIFFERS("SeqReused"),
        /** Pieces before that one are missing. */
        PIECES_MISSING("WrongSeq"),
        /** The text would have too many characters. */
        TEXT_TOO_LONG("TooLong"),
        /** Something else was asked for under the same key. */
        KEY_REUSED("IdempotencyKeyReused"),
        /** The channel has too many sources. */
        TOO_MANY_SOURCES("TooManySources"),
        /** The sources of all channels would hold too much sound in memory. */
        TOO_MUCH_SOURCE_SOUND("TooMuchSound"),
        /** The channel was closed while it was being asked. */
        GONE("ChannelGone"),
        /** Another process has the channel. */
        ELSEWHERE("ChannelElsewhere"),
        /** Nobody can tell now which process has the channel. */
        UNREACHABLE("ChannelUnreachable");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private ChannelRefusal(Kind kind, String message) {
        this(kind, message, null, null);
    }

    /** Returns the stable code of its kind, for programs. */
    public String code() {
        return kind.code;
    }

    static ChannelRefusal tooManyChannels(int limit) {
        return new ChannelRefusal(
                Kind.TOO_MANY_CHANNELS,
                "There are " + limit + " channels already; unused ones are given up after a while.");
    }

    static ChannelRefusal channelQuota(Duration retryAfter) {
        return busy(Kind.CHANNEL_QUOTA, Quota.CHANNELS.sentence(), retryAfter);
    }

    static ChannelRefusal queueFull(int limit, Duration retryAfter) {
        return busy(Kind.QUEUE_FULL, limit + " utterances wait on this channel already.", retryAfter);
    }

    static ChannelRefusal tooMuchText(long limit, Duration retryAfter) {
        return busy(
                Kind.TOO_MUCH_TEXT,
                "The texts that wait on this channel may have " + limit + " characters together.",
                retryAfter);
    }

    static ChannelRefusal tooMuchSound(Duration limit, Duration retryAfter) {
        return busy(
                Kind.TOO_MUCH_SOUND,
                "What waits on this channel may take " + limit.toSeconds() + " s together.",
                retryAfter);
    }

    static ChannelRefusal noSuchChannel() {
        return new ChannelRefusal(Kind.NO_SUCH_CHANNEL, "There is no such channel, and it is not made by using it.");
    }

    static ChannelRefusal nothingToResume() {
        return new ChannelRefusal(
                Kind.NOTHING_TO_RESUME,
                "Only an utterance that has failed can be resumed, and none whose text was written as it was spoken.");
    }

    static ChannelRefusal notOpen() {
        return new ChannelRefusal(
                Kind.NOT_OPEN,
                "The text of this utterance was given whole; one that goes on is begun with open: true.");
    }

    static ChannelRefusal textEnded() {
        return new ChannelRefusal(Kind.TEXT_ENDED, "This text was ended.");
    }

    static ChannelRefusal textTimedOut() {
        return new ChannelRefusal(
                Kind.TEXT_TIMED_OUT, "This text got nothing for so long that it was taken for ended.");
    }

    static ChannelRefusal utteranceOver() {
        return new ChannelRefusal(
                Kind.UTTERANCE_OVER, "This utterance was cleared, taken back, came too late, or failed.");
    }

    static ChannelRefusal pieceDiffers(long number, long next) {
        return piece(
                Kind.PIECE_DIFFERS,
                "Number " + number + " was another text; the next one has number " + next + ".",
                next);
    }

    static ChannelRefusal piecesMissing(long number, long next) {
        return piece(
                Kind.PIECES_MISSING, "Number " + number + " is not due; the next one has number " + next + ".", next);
    }

    static ChannelRefusal keyReused() {
        return new ChannelRefusal(Kind.KEY_REUSED, "Another utterance was asked for under the same key.");
    }

    static ChannelRefusal textTooLong(int limit) {
        return new ChannelRefusal(Kind.TEXT_TOO_LONG, "The text of one utterance may have " + limit + " characters.");
    }

    static ChannelRefusal tooManySources(int limit) {
        return new ChannelRefusal(
                Kind.TOO_MANY_SOURCES, "A channel has " + limit + " sources at most; take one out first.");
    }

    static ChannelRefusal tooMuchSourceSound(Duration limit) {
        return new ChannelRefusal(
                Kind.TOO_MUCH_SOURCE_SOUND,
                "Sounds of " + limit.toSeconds() + " s in all may be mixed in at a time; take some out first.");
    }

    static ChannelRefusal gone() {
        return new ChannelRefusal(Kind.GONE, "The channel was just given up; try again.");
    }

    static ChannelRefusal elsewhere() {
        return busy(Kind.ELSEWHERE, "Another node of the gateway has this channel; try again.", RETRY_AFTER);
    }

    static ChannelRefusal unreachable() {
        return busy(
                Kind.UNREACHABLE, "The node that has this channel cannot be reached just now; try again.", RETRY_AFTER);
    }

    private static ChannelRefusal busy(Kind kind, String message, Duration retryAfter) {
        return new ChannelRefusal(kind, message, retryAfter, null);
    }

    private static ChannelRefusal piece(Kind kind, String message, long next) {
        return new ChannelRefusal(kind, message, null, next);
    }
}
