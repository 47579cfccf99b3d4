package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.broadcast.ListenerReport;
import dev.stentor.broadcast.ListenerStatus;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a listener. The last five components are left out until the player's first report.
 *
 * @param conn id of the connection
 * @param client listener's own id; null if it gave none
 * @param gaps number of times that sound was lost
 * @param skippedMillis length of the lost sound, in milliseconds
 * @param gapCause cause of the latest loss; null if there was none
 * @param lagMillis how far the listener is behind, in milliseconds
 * @param pos sample that the player plays, on the channel's timeline
 * @param bufferMillis length of the sound that the player holds, in milliseconds
 * @param underruns number of times that the player ran out of sound
 * @param state state of the player, in its own words
 * @param syncErrorMillis how much later than due the player plays a sample, if it plays in step with others and knows it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ListenerView(
        String conn,
        @Nullable String client,
        long gaps,
        @JsonProperty("skipped_ms") long skippedMillis,
        @JsonProperty("gap_cause") @Nullable String gapCause,
        @JsonProperty("lag_ms") long lagMillis,
        @Nullable Long pos,
        @JsonProperty("buffer_ms") @Nullable Long bufferMillis,
        @Nullable Long underruns,
        @Nullable String state,
        @JsonProperty("sync_error_ms") @Nullable Double syncErrorMillis) {

    static ListenerView of(ListenerStatus status) {
        ListenerStatus.Losses losses = status.losses();
        ListenerReport report = status.report();
        return new ListenerView(
                status.connection(),
                status.client(),
                losses.gaps(),
                losses.skippedMillis(),
                losses.latest() == null ? null : losses.latest().wireName(),
                status.lagMillis(),
                report == null ? null : report.pos(),
                report == null ? null : report.bufferMillis(),
                report == null ? null : report.underruns(),
                report == null ? null : report.state(),
                report == null ? null : report.syncErrorMillis());
    }
}
