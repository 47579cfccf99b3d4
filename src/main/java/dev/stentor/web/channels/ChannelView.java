package dev.stentor.web.channels;

import dev.stentor.channel.ChannelStatus;
import java.util.Locale;

/**
 * A channel, as the API shows it.
 *
 * @param phase idle, synthesizing, playing or stalled
 * @param pos samples released so far, at 24 kHz
 * @param utterances how many wait or play
 * @param listeners how many listen, over WebSocket and plain HTTP
 */
record ChannelView(String name, String phase, long pos, int utterances, int listeners) {

    static ChannelView of(ChannelStatus status, int listeners) {
        return new ChannelView(
                status.name().value(),
                status.phase().name().toLowerCase(Locale.ROOT),
                status.pos(),
                status.utterances(),
                listeners);
    }
}
