package dev.stentor.channel;

import java.time.Duration;

/** Why a channel does not do what it was asked for. */
public sealed interface ChannelRefusal {

    /** A stable name, for programs far away. */
    String code();

    /** A sentence for people. */
    String message();

    /** So many channels are there already. */
    record TooManyChannels(int limit) implements ChannelRefusal {
        @Override
        public String code() {
            return "TooManyChannels";
        }

        @Override
        public String message() {
            return "There are " + limit + " channels already; unused ones are given up after a while.";
        }
    }

    /**
     * So many utterances wait already.
     *
     * @param retryAfter an estimate of when there will be room
     */
    record QueueFull(int limit, Duration retryAfter) implements ChannelRefusal {
        @Override
        public String code() {
            return "QueueFull";
        }

        @Override
        public String message() {
            return limit + " utterances wait on this channel already.";
        }
    }

    /**
     * So many characters wait already.
     *
     * @param retryAfter an estimate of when there will be room
     */
    record TooMuchText(long limit, Duration retryAfter) implements ChannelRefusal {
        @Override
        public String code() {
            return "TooMuchText";
        }

        @Override
        public String message() {
            return "The texts that wait on this channel may have " + limit + " characters together.";
        }
    }

    /**
     * What waits already would take so long.
     *
     * @param retryAfter an estimate of when there will be room
     */
    record TooMuchSound(Duration limit, Duration retryAfter) implements ChannelRefusal {
        @Override
        public String code() {
            return "TooMuchSound";
        }

        @Override
        public String message() {
            return "What waits on this channel may take " + limit.toSeconds() + " s together.";
        }
    }

    /** There is no such channel, and it is not to be made by using it. */
    record NoSuchChannel() implements ChannelRefusal {
        @Override
        public String code() {
            return "NotFound";
        }

        @Override
        public String message() {
            return "There is no such channel, and it is not made by using it.";
        }
    }

    /** The utterance has not failed, or nobody knows where. */
    record NothingToResume() implements ChannelRefusal {
        @Override
        public String code() {
            return "NothingToResume";
        }

        @Override
        public String message() {
            return "Only an utterance that has failed can be resumed, and none whose text was written as it was spoken.";
        }
    }

    /** The text of an utterance that was given whole does not grow. */
    record NotOpen() implements ChannelRefusal {
        @Override
        public String code() {
            return "NotOpen";
        }

        @Override
        public String message() {
            return "The text of this utterance was given whole; one that goes on is begun with open: true.";
        }
    }

    /** Nothing more is taken for that text. */
    record TextOver(Why why) implements ChannelRefusal {

        /** What ended it. */
        public enum Why {
            /** Its writer did. */
            ENDED,
            /** Nothing came for too long. */
            TIMED_OUT,
            /** The utterance was cleared, taken back, came too late, or failed. */
            UTTERANCE_OVER
        }

        @Override
        public String code() {
            return switch (why) {
                case ENDED -> "TextEnded";
                case TIMED_OUT -> "TextTimedOut";
                case UTTERANCE_OVER -> "UtteranceOver";
            };
        }

        @Override
        public String message() {
            return switch (why) {
                case ENDED -> "This text was ended.";
                case TIMED_OUT -> "This text got nothing for so long that it was taken for ended.";
                case UTTERANCE_OVER -> "This utterance was cleared, taken back, came too late, or failed.";
            };
        }
    }

    /** A piece of that number was taken, with another text. */
    record OtherText(long number, long expected) implements ChannelRefusal {
        @Override
        public String code() {
            return "SeqReused";
        }

        @Override
        public String message() {
            return "Number " + number + " was another text; the next one has number " + expected + ".";
        }
    }

    /** Pieces before that one are missing. */
    record WrongNumber(long number, long expected) implements ChannelRefusal {
        @Override
        public String code() {
            return "WrongSeq";
        }

        @Override
        public String message() {
            return "Number " + number + " is not due; the next one has number " + expected + ".";
        }
    }

    /** With that piece the text would have too many characters. */
    record TextTooLong(int limit) implements ChannelRefusal {
        @Override
        public String code() {
            return "TooLong";
        }

        @Override
        public String message() {
            return "The text of one utterance may have " + limit + " characters.";
        }
    }

    /** The channel has so many sources already. */
    record TooManySources(int limit) implements ChannelRefusal {
        @Override
        public String code() {
            return "TooManySources";
        }

        @Override
        public String message() {
            return "A channel has " + limit + " sources at most; take one out first.";
        }
    }

    /** The sounds that sources hold in memory would last longer than that, over all channels. */
    record TooMuchSourceSound(Duration limit) implements ChannelRefusal {
        @Override
        public String code() {
            return "TooMuchSound";
        }

        @Override
        public String message() {
            return "Sounds of " + limit.toSeconds() + " s in all may be mixed in at a time; take some out first.";
        }
    }

    /** The channel was given up while it was being asked. */
    record Gone() implements ChannelRefusal {
        @Override
        public String code() {
            return "ChannelGone";
        }

        @Override
        public String message() {
            return "The channel was just given up; try again.";
        }
    }
}
