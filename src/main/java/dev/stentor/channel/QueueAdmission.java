package dev.stentor.channel;

import dev.stentor.trace.TraceSpan;
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
        keeper.queued(
                utterance.id,
                utterance.asked,
                queue.all().stream().map(queued -> queued.id).toList());
    }

    /** Adds the texts that an earlier life of the channel left. */
    void inherit(Inheritance left, OpenTextSettings writing, long nowMicros) {
        for (Utterance over : left.past()) {
            log.addPast(over);
            keeper.over(over);
        }
        for (Inheritance.QueuedText text : left.queue()) {
            ActiveUtterance utterance = utterances.make(text.id(), text.request(), writing, TraceSpan.NONE, nowMicros);
            add(utterance);
            if (text.written() != null) {
                writeAgain(utterance, text.written());
            }
        }
    }

    private void writeAgain(ActiveUtterance utterance, WrittenText written) {
        for (String piece : written.pieces()) {
            if (utterance.text.writable().write(null, piece, _ -> {})) {
                log.grew(piece.length());
            }
        }
        if (written.ended()) {
            utterance.text.writable().end(null);
        }
        keepWritten(utterance);
    }

    private void keepWritten(ActiveUtterance utterance) {
        keeper.written(utterance.id, utterance.text.writable()::written);
    }

    /** Appends a piece to the text of an open utterance; throws {@link ChannelException} if it is not taken. */
    TextProgress write(ActiveUtterance utterance, @Nullable Long number, String piece) {
        if (utterance.text.writable().write(number, piece, limits::checkMore)) {
            log.grew(piece.length());
            keepWritten(utterance);
        }
        return utterance.progress();
    }

    /** Ends the text of an open utterance; throws {@link ChannelException} if pieces are missing. */
    TextProgress end(ActiveUtterance utterance, @Nullable Long number) {
        utterance.text.writable().end(number);
        keepWritten(utterance);
        return utterance.progress();
    }
}
