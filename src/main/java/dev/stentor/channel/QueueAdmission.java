package dev.stentor.channel;

import dev.stentor.trace.TraceSpan;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of texts into a channel's queue, where they are also kept for a process that may go on with it. Confined to the clock's thread. */
final class QueueAdmission {

    private final UtteranceQueue queue;
    private final UtteranceLog log;
    private final QueueLimits limits;
    private final NewUtterances utterances;
    private final ChannelKeeper keeper;

    /** @param settings those of the channel as they are now */
    QueueAdmission(
            UtteranceQueue queue,
            UtteranceLog log,
            Supplier<ChannelSettings> settings,
            NewUtterances utterances,
            ChannelKeeper keeper) {
        this.queue = queue;
        this.log = log;
        this.limits = new QueueLimits(queue, settings);
        this.utterances = utterances;
        this.keeper = keeper;
    }

    /** Keeps the settings of the channel. */
    void keep(ChannelSettings settings, boolean pinned) {
        keeper.settings(settings, pinned);
    }

    /**
     * Makes an utterance that is still to be added.
     *
     * @throws ChannelException if there is no room for it, unless it interrupts all others
     */
    ActiveUtterance make(
            UtteranceRequest asked,
            OpenTextSettings writing,
            @Nullable ResumePoint resumedFrom,
            TraceSpan parent,
            long nowMicros) {
        if (asked.mode() != UtteranceRequest.Mode.INTERRUPT) {
            limits.check(asked.request().text());
        }
        return utterances.make(asked, writing, resumedFrom, parent, nowMicros);
    }

    /** Adds an utterance. */
    void add(ActiveUtterance utterance) {
        queue.add(utterance);
        log.add(utterance);
        if (!utterance.asked.open()) {
            List<String> order = queue.all().stream().map(queued -> queued.id).toList();
            keeper.queued(utterance.id, utterance.asked, order);
        }
    }

    /** Adds the texts that an earlier life of the channel left. */
    void inherit(Inheritance left, OpenTextSettings writing, long nowMicros) {
        for (Inheritance.QueuedText text : left.queue()) {
            add(utterances.make(text.id(), text.request(), writing, TraceSpan.NONE, nowMicros));
        }
    }

    /** Appends a piece to the text of an open utterance; throws {@link ChannelException} if it is not taken. */
    TextProgress write(ActiveUtterance utterance, @Nullable Long number, String piece) {
        if (utterance.text.writable().write(number, piece, limits::checkMore)) {
            log.grew(piece.length());
        }
        return utterance.progress();
    }

    /** Ends the text of an open utterance; throws {@link ChannelException} if pieces are missing. */
    TextProgress end(ActiveUtterance utterance, @Nullable Long number) {
        utterance.text.writable().end(number);
        return utterance.progress();
    }
}
