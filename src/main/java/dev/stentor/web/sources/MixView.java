package dev.stentor.web.sources;

import dev.stentor.channel.Channel;
import dev.stentor.channel.MixSettings;
import dev.stentor.channel.MixStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The mixing stage of a channel, as the API shows it.
 *
 * @param on whether the channel's sound is a mix now
 * @param pending whether it is switched on or off when nobody is speaking any more
 * @param targetLufs how loud each voice is brought to be; null if they are left as they come
 * @param voiceGainDb what that does to the voice that spoke last
 * @param level of the whole
 * @param failed sources that could not be spoken, the latest last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record MixView(
        boolean on,
        boolean pending,
        DuckBody duck,
        @Nullable Double targetLufs,
        boolean always,
        double voiceGainDb,
        SourceView.Level level,
        SourceView.Level speech,
        List<SourceView> sources,
        List<FailedView> failed) {

    /** A source that could not be spoken, until another takes its name or it is deleted. */
    record FailedView(String name, String code, String message) {}

    static MixView of(Channel channel, MixStatus status, SourceBook book) {
        MixSettings settings = status.settings();
        return new MixView(
                status.on(),
                status.pending(),
                DuckBody.of(settings.duck()),
                settings.targetLufs(),
                settings.always(),
                SourceView.rounded(status.voiceGainDb()),
                SourceView.Level.of(status.levels()),
                SourceView.Level.of(status.speech()),
                status.sources().stream()
                        .map(source -> SourceView.of(
                                source, book.find(channel, source.name()).orElse(null)))
                        .toList(),
                book.failed(channel).stream()
                        .map(failed -> new FailedView(
                                failed.name(),
                                failed.failure().code(),
                                failed.failure().message()))
                        .toList());
    }
}
