package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * Something that a back end is told about a channel.
 *
 * @param id names the place after it, so that a client can go on there; null if it has no place in the order of entries
 * @param type of the event; empty for a sign of life, which says nothing
 * @param json the event itself, one line
 */
public record FeedEvent(@Nullable Id id, String type, String json) {

    /** How loud each source is may be told now: whoever gets this, asks. It has no text of its own. */
    public static final FeedEvent LEVELS = new FeedEvent(null, "levels", "");

    static final FeedEvent SIGN_OF_LIFE = new FeedEvent(null, "", "");

    /** The latest entry that was told, of a channel's life. */
    public record Id(long epoch, long seq) {
        @Override
        public String toString() {
            return epoch + "-" + seq;
        }
    }

    static FeedEvent of(long epoch, Entry entry) {
        return new FeedEvent(new Id(epoch, entry.seq()), EventJson.typeOf(entry.event()), entry.json());
    }
}
