package dev.stentor.web.catalogue;

import dev.stentor.speech.upstream.UpstreamStats;
import java.util.Locale;

/**
 * The JSON form of an upstream.
 *
 * @param state up, trying, down or key_refused
 * @param calls number of calls, including new attempts
 * @param failures number of calls that failed
 * @param retries number of calls that were made because another had failed
 * @param throttled number of calls that were refused as too many
 */
record UpstreamView(String name, String state, long calls, long failures, long retries, long throttled) {

    static UpstreamView of(UpstreamStats upstream) {
        return new UpstreamView(
                upstream.name(),
                upstream.state().name().toLowerCase(Locale.ROOT),
                upstream.calls(),
                upstream.failures(),
                upstream.retries(),
                upstream.throttled());
    }
}
