package dev.stentor.broadcast;

import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.Messages.Resumed;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import org.jspecify.annotations.Nullable;

/** Finds the entry at which a listener begins. */
record JoinPoint(EntryRing ring, long epoch, long nowMicros) {

    private static final long MODULUS = 1L << 32;

    /** All of what it lacks, or exactly how much is missing: never a part that looks whole. */
    Resumed of(JoinRequest request) {
        Resume resume = request.resume();
        if (resume == null || resume.epoch() != epoch) {
            return new Resumed(Resumed.Status.FRESH, start(request.start()), 0);
        }
        long wanted = near(resume.seq()) + 1;
        if (ring.holds(wanted) || wanted == ring.nextSeq()) {
            return new Resumed(Resumed.Status.OK, Math.max(wanted, ring.firstValidSeq()), 0);
        }
        long from = start(request.start());
        return new Resumed(Resumed.Status.GAP, from, missingMillis(resume.pos(), from));
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

    /** The full number of an entry whose number the client knows modulo 2^32. */
    private long near(long seq) {
        long head = ring.nextSeq() - 1;
        return head - Math.floorMod(head - seq, MODULUS);
    }

    private long missingMillis(@Nullable Long heardPos, long from) {
        long lastHeard = heardPos == null ? ring.before(ring.firstSeq()).pos() : heardPos;
        return Math.max(0, (ring.before(from).pos() - lastHeard) / 24);
    }
}
