package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.trace.TraceKey;
import dev.stentor.trace.TraceSpan;
import org.jspecify.annotations.Nullable;

/**
 * The maker of a channel's utterances. Confined to the clock's thread.
 *
 * @param changed called whenever something of an utterance arrived or ended
 */
record NewUtterances(ChannelName channel, TickClock clock, SharedResources shared, Runnable changed) {

    /**
     * Makes an utterance that waits in the queue; its step of the trace begins.
     *
     * @param resumedFrom where another utterance failed that this one goes on with; null if it begins at the beginning
     * @param parent step of the request for it
     */
    ActiveUtterance make(
            UtteranceRequest asked,
            OpenTextSettings writing,
            @Nullable ResumePoint resumedFrom,
            TraceSpan parent,
            long nowMicros) {
        return make(shared.utteranceIds().get(), asked, writing, resumedFrom, parent, nowMicros);
    }

    /** Makes an utterance that was asked for in an earlier life of the channel, under the id that it had there. */
    ActiveUtterance make(
            String id, UtteranceRequest asked, OpenTextSettings writing, TraceSpan parent, long nowMicros) {
        return make(id, asked, writing, null, parent, nowMicros);
    }

    private ActiveUtterance make(
            String id,
            UtteranceRequest asked,
            OpenTextSettings writing,
            @Nullable ResumePoint resumedFrom,
            TraceSpan parent,
            long nowMicros) {
        UtteranceText text = UtteranceText.of(asked, clock, shared.work(), writing);
        TraceSpan span = parent.child("utterance")
                .with(TraceKey.CHANNEL, channel.value())
                .with(TraceKey.UTTERANCE, id)
                .with(TraceKey.MODEL, asked.request().model());
        var frames = new FrameCutter(shared.blocks());
        return new ActiveUtterance(id, asked, text, frames, resumedFrom, nowMicros, span, changed);
    }
}
