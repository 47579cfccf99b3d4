package dev.stentor.access;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of who spoke, cleared and managed, under a name of its own. It holds no texts, addresses or secrets. Thread-safe.
 */
public final class AuditLog {

    /** Has a name that operators know, whatever the packages are called. */
    private static final Logger LOG = LoggerFactory.getLogger("stentor.audit");

    /** Creates the log. */
    public AuditLog() {}

    /**
     * Writes a line, unless there is nothing to tell: to listen or browse changes nothing.
     *
     * @param did the method and the pattern of the address, or the type of the message; never an address itself
     * @param result HTTP status, or a code
     */
    public void record(Caller caller, Action action, Reach reach, String did, String result) {
        if (action == Action.BROWSE || action == Action.LISTEN || caller.kind() == Caller.Kind.ANYBODY) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("who", caller.name())
                .addKeyValue("by", caller.kind().name().toLowerCase(Locale.ROOT))
                .addKeyValue("did", did)
                .addKeyValue("channel", reach instanceof Reach.OneChannel(String name) ? name : "-")
                .addKeyValue("result", result)
                .log("audit");
    }
}
