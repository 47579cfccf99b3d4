package dev.stentor.web;

import dev.stentor.access.Access;
import dev.stentor.access.AccessStats;
import dev.stentor.access.ApiKeys;
import dev.stentor.access.AuditLog;
import dev.stentor.access.CommandCheck;
import dev.stentor.access.Decision;
import dev.stentor.access.OriginRule;
import dev.stentor.access.Rights;
import dev.stentor.access.TicketSettings;
import dev.stentor.access.Tickets;
import dev.stentor.testing.Unlimited;
import dev.stentor.usage.Limits;
import dev.stentor.usage.Quotas;
import dev.stentor.web.access.AccessFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Rules of access for tests, with a page that may do what the gateway's own pages may. Records what is refused. */
public final class TestAccess implements AccessStats {

    /** The origin of a page that may use the gateway. */
    public static final String ALLOWED_PAGE = "https://allowed.example";

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Tickets tickets = new Tickets(
            new TicketSettings(10, Duration.ofSeconds(30), Duration.ofHours(1)), InstantSource.system(), null);
    private final Access access;

    private final ApiKeys keys;

    private TestAccess(ApiKeys keys, Access.@Nullable Rules rules, Quotas quotas) {
        this.keys = keys;
        access = new Access(
                rules,
                new OriginRule(Set.of(ALLOWED_PAGE)),
                tickets,
                quotas,
                10,
                InstantSource.system(),
                () -> System.nanoTime() / 1_000);
    }

    /** Creates no rules. */
    public static TestAccess open() {
        return new TestAccess(keys(List.of(), Unlimited.CALLER, null), null, Quotas.NONE);
    }

    /** Creates rules with the keys of these lines, and with those of a file. */
    public static TestAccess of(Rights anonymous, List<String> lines, @Nullable Path file) {
        return of(anonymous, lines, file, Quotas.NONE, Unlimited.CALLER);
    }

    /** Creates rules as above, with limits of callers. */
    public static TestAccess of(
            Rights anonymous, List<String> lines, @Nullable Path file, Quotas quotas, Limits limits) {
        ApiKeys keys = keys(lines, limits, file);
        return new TestAccess(keys, new Access.Rules(keys, anonymous, limits, limits, null), quotas);
    }

    private static ApiKeys keys(List<String> lines, Limits limits, @Nullable Path file) {
        try {
            return new ApiKeys(lines, limits, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ApiKeys keys() {
        return keys;
    }

    public Access access() {
        return access;
    }

    public Tickets tickets() {
        return tickets;
    }

    public AccessFilter filter() {
        return new AccessFilter(access, this, new AuditLog());
    }

    public CommandCheck commands() {
        return new CommandCheck(access, this, new AuditLog());
    }

    /** Returns what was refused so far, such as {@code HANDSHAKE FORBIDDEN}. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void refused(Way way, Decision.Reason reason) {
        refusals.add(way + " " + reason);
    }
}
