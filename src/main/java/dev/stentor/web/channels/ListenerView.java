package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.broadcast.ListenerReport;
import dev.stentor.broadcast.ListenerStatus;
import org.jspecify.annotations.Nullable;

/** A listener, as the API shows it. What its player has not told yet is left out. */
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
        @Nullable String state) {

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
                report == null ? null : report.state());
    }
}
