package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.Messages.Resumed;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import org.jspecify.annotations.Nullable;

/** A finder of the entry with which a listener begins. */
record JoinPoint(EntryRing ring, long epoch, Lineage lineage, long nowMicros) {

    private static final long MODULUS = 1L << 32;

    /** The distance from which on a number is taken for one of the past, not of the future. */
    private static final long HALF = MODULUS / 2;

    /** Returns where to begin so that it gets all that it lacks, or else how much is missing: never a part that looks whole. */
    Resumed of(JoinRequest request) {
        Resume resume = request.resume();
        if (resume == null || !isOfThisChannel(resume)) {
            return new Resumed(Resumed.Status.FRESH, start(request.start()), 0);
        }
        long wanted = near(resume.seq()) + 1;
        if (ring.holds(wanted) || wanted == ring.nextSeq()) {
            return new Resumed(Resumed.Status.OK, Math.max(wanted, ring.firstValidSeq()), 0);
        }
        long from = start(request.start());
        return new Resumed(Resumed.Status.GAP, from, missingMillis(resume.pos(), from));
    }

    /**
     * Tells whether the entry that a client names is one that the entries here follow. One beyond the latest is not: the node that sent it
     * was the only one that knew it, so others may have come in its place.
     */
    private boolean isOfThisChannel(Resume resume) {
        long last = resume.epoch() == epoch
                ? ring.nextSeq() - 1
                : lineage.lastSeqOf(resume.epoch()).orElse(-1);
        return last >= 0 && !isBeyond(resume.seq(), last);
    }

    /** Tells whether a number that is known modulo 2^32 is that of an entry behind that one. */
    static boolean isBeyond(long seq, long last) {
        long ahead = Math.floorMod(seq - last, MODULUS);
        return ahead > 0 && ahead < HALF;
    }

    private long start(JoinRequest.Start start) {
        return switch (start) {
            case LIVE -> ring.liveEdge(nowMicros);
            case RING -> ring.firstValidSeq();
            case UTTERANCE -> utterance();
        };
    }

    private long utterance() {
        String speaker = ring.before(ring.nextSeq()).speaker();
        if (speaker == null) {
            return ring.liveEdge(nowMicros);
        }
        for (long seq = ring.nextSeq() - 1; seq >= ring.firstValidSeq(); seq--) {
            if (ring.get(seq).event() instanceof UtteranceStarted started
                    && started.id().equals(speaker)) {
                return seq;
            }
        }
        return ring.firstValidSeq();
    }

    /** Returns the full number of an entry whose number the client knows modulo 2^32. */
    private long near(long seq) {
        long head = ring.nextSeq() - 1;
        return head - Math.floorMod(head - seq, MODULUS);
    }

    private long missingMillis(@Nullable Long heardPos, long from) {
        long lastHeard = heardPos == null ? ring.before(ring.firstSeq()).pos() : heardPos;
        return Math.max(0, SpeechTime.millis(ring.before(from).pos() - lastHeard));
    }
}
