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
        @Nullable Long pos,
        @JsonProperty("buffer_ms") @Nullable Long bufferMillis,
        @Nullable Long underruns,
        @Nullable String state) {

    static ListenerView of(ListenerStatus status) {
        ListenerReport report = status.report();
        return report == null
                ? new ListenerView(
                        status.connection(),
                        status.client(),
                        status.gaps(),
                        status.skippedMillis(),
                        null,
                        null,
                        null,
                        null)
                : new ListenerView(
                        status.connection(),
                        status.client(),
                        status.gaps(),
                        status.skippedMillis(),
                        report.pos(),
                        report.bufferMillis(),
                        report.underruns(),
                        report.state());
    }
}
