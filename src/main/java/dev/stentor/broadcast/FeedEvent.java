package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * An event that a back end is told about a channel.
 *
 * @param id a name for the place after it, where a client can continue; null if it has no place in the order of entries
 * @param type of the event; empty for a keep-alive, which tells nothing
 * @param json the event itself, one line
 */
public record FeedEvent(@Nullable Id id, String type, String json) {

    /** A request to tell now how loud each source is; the receiver asks the channel for that. It has no text of its own. */
    public static final FeedEvent LEVELS = new FeedEvent(null, "levels", "");

    static final FeedEvent SIGN_OF_LIFE = new FeedEvent(null, "", "");

    /** The number of the latest entry that was told, and the channel's life. */
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
