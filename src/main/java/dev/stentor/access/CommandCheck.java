package dev.stentor.access;

import java.util.Locale;
import reactor.core.publisher.Mono;

/** The check of commands that come over a connection which was admitted before. Refusals are counted, and all goes to the audit log. */
public final class CommandCheck {

    private final Access access;
    private final AccessStats stats;
    private final AuditLog audit;

    /** Creates the check. */
    public CommandCheck(Access access, AccessStats stats, AuditLog audit) {
        this.access = access;
        this.stats = stats;
        this.audit = audit;
    }

    /**
     * Decides about a command.
     *
     * @param caller the caller of the connection
     * @param type the type of the message, for the audit log
     */
    public Mono<Decision> decide(Caller caller, Action action, String channel, String type) {
        Reach reach = new Reach.OneChannel(channel);
        var attempt = new Attempt(new Credential.Admitted(caller), PageOrigin.none(), null, action, reach);
        return access.decide(attempt).doOnNext(decision -> {
            if (decision instanceof Decision.Refused refused) {
                stats.refused(AccessStats.Way.COMMAND, refused.reason());
                audit.record(
                        caller, action, reach, type, refused.reason().name().toLowerCase(Locale.ROOT));
            } else {
                audit.record(caller, action, reach, type, "allowed");
            }
        });
    }
}
