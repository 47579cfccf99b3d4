package dev.stentor.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.Decision.Reason;
import dev.stentor.testing.Unlimited;
import dev.stentor.usage.Quotas;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class AccessTest {

    private static final PageOrigin FOREIGN =
            new PageOrigin("https://evil.example", "tts.example", "cross-site", false);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Tickets tickets =
            new Tickets(new TicketSettings(3, Duration.ofSeconds(30), Duration.ofHours(1)), now::get, null);
    private final NewKey studio = NewKey.named("studio");
    private final NewKey kiosk = NewKey.named("kiosk");
    private Access access = access(rules(Rights.of(List.of("lobby"), List.of(), List.of())));

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "LISTEN, hall-1, true",
        "LISTEN, hall, false",
        "SPEAK,  hall-1, false",
        "MANAGE, hall-1, false",
    })
    void aKeyMayWhatItsLineSays(Action action, String channel, boolean allowed) {
        Decision decision = decide(bearer(kiosk.key()), action, channel);
        assertThat(decision instanceof Decision.Allowed).isEqualTo(allowed);
        if (!allowed) {
            assertThat(reason(decision)).isEqualTo(Reason.FORBIDDEN);
        }
    }

    @Test
    void theNameOfTheKeyIsKnown() {
        assertThat(decide(bearer(studio.key()), Action.MANAGE, "any"))
                .isInstanceOfSatisfying(Decision.Allowed.class, allowed -> {
                    assertThat(allowed.caller().name()).isEqualTo("studio");
                    assertThat(allowed.caller().isNamed()).isTrue();
                });
    }

    @Test
    void anonymousCallersMayListenInTheLobbyOnly() {
        assertThat(decide(new Credential.Absent(), Action.LISTEN, "lobby")).isInstanceOf(Decision.Allowed.class);
        assertThat(reason(decide(new Credential.Absent(), Action.LISTEN, "hall-1")))
                .isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(reason(decide(new Credential.Absent(), Action.SPEAK, "lobby")))
                .isEqualTo(Reason.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "any", "sk-any", "stk_short", "stk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a.b.c"})
    void aWrongKeyIsRefusedEvenWhereNoneIsNeeded(String token) {
        assertThat(reason(decide(bearer(token), Action.LISTEN, "lobby"))).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void theHashOfAKeyIsNoKey() {
        String hash = studio.line().replaceAll(".*sha256:(\\S+).*", "$1");
        assertThat(reason(decide(bearer(hash), Action.LISTEN, "lobby"))).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void theWholeGatewayNeedsTheRightForAllChannels() {
        assertThat(reason(decide(bearer(kiosk.key()), Action.LISTEN, new Reach.AllChannels())))
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(decide(bearer(kiosk.key()), Action.LISTEN, new Reach.SomeChannel()))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(decide(bearer(kiosk.key()), Action.BROWSE, new Reach.SomeChannel()))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(decide(bearer(studio.key()), Action.LISTEN, new Reach.AllChannels()))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void aForeignPageIsRefusedWhateverKeyItHas() {
        assertThat(reason(decide(attempt(bearer(studio.key()), FOREIGN, Action.LISTEN, "lobby"))))
                .isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
        assertThat(reason(decide(attempt(new Credential.Absent(), FOREIGN, Action.LISTEN, "lobby"))))
                .isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    }

    @Test
    void aTicketOpensItsChannelOnceAlsoToAForeignPage() {
        var ticket = new Credential.Ticket(issue("hall-1", false, true).ticket());
        assertThat(reason(decide(ticket, Action.LISTEN, "hall-2"))).isEqualTo(Reason.FORBIDDEN);
        assertThat(reason(decide(ticket, Action.SPEAK, "hall-1"))).isEqualTo(Reason.FORBIDDEN);
        assertThat(decide(attempt(ticket, FOREIGN, Action.LISTEN, "hall-1"))).isInstanceOf(Decision.Allowed.class);
        assertThat(reason(decide(ticket, Action.LISTEN, "hall-1"))).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void aTicketForManyUsesLastsUntilItsTimeIsOver() {
        var ticket = new Credential.Ticket(issue("hall-1", false, false).ticket());
        for (int i = 0; i < 3; i++) {
            assertThat(decide(ticket, Action.LISTEN, "hall-1")).isInstanceOf(Decision.Allowed.class);
        }
        assertThat(tickets.open()).isEqualTo(1);
        pass(Duration.ofSeconds(30));
        assertThat(tickets.open()).isZero();
        assertThat(reason(decide(ticket, Action.LISTEN, "hall-1"))).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void ticketsAreLimitedAndThoseThatAreOverGiveWay() {
        for (int i = 0; i < 3; i++) {
            var _ = issue("hall-1", false, true);
        }
        assertThat(tickets.issue(order("hall-1", false, true), caller(studio)).blockOptional())
                .isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(tickets.issue(order("hall-1", false, true), caller(studio)).blockOptional())
                .isPresent();
        assertThat(tickets.open()).isEqualTo(1);
    }

    @Test
    void aConnectionThatCameByATicketSpeaksInTheNameOfItsKey() {
        var ticket = new Credential.Ticket(issue("hall-1", true, true).ticket());
        Caller caller = caller(decide(ticket, Action.LISTEN, "hall-1"));
        pass(Duration.ofHours(2));
        assertThat(caller.name()).isEqualTo("studio");
        assertThat(decide(new Credential.Admitted(caller), Action.SPEAK, "hall-1"))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(reason(decide(new Credential.Admitted(caller), Action.SPEAK, "lobby")))
                .isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void whoeverGuessesTooOftenIsToldToWaitAndAValidKeyPassesAllTheSame() {
        for (int i = 0; i < 10; i++) {
            assertThat(reason(decide(bearer("guess"), Action.LISTEN, "lobby"))).isEqualTo(Reason.UNAUTHENTICATED);
        }
        assertThat(decide(bearer("guess"), Action.LISTEN, "lobby"))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
                    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(6));
                });
        assertThat(decide(bearer(studio.key()), Action.LISTEN, "lobby")).isInstanceOf(Decision.Allowed.class);
        pass(Duration.ofSeconds(12));
        assertThat(reason(decide(bearer("guess"), Action.LISTEN, "lobby"))).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void withoutRulesEveryCredentialIsAcceptedAndOnlyForeignPagesAreRefused() {
        access = access(null);
        assertThat(decide(bearer("any"), Action.MANAGE, "lobby")).isInstanceOf(Decision.Allowed.class);
        assertThat(decide(new Credential.Ticket("any"), Action.LISTEN, "lobby")).isInstanceOf(Decision.Allowed.class);
        assertThat(reason(decide(attempt(new Credential.Ticket("any"), FOREIGN, Action.LISTEN, "lobby"))))
                .isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
        var ticket = new Credential.Ticket(issue("lobby", false, true).ticket());
        assertThat(decide(attempt(ticket, FOREIGN, Action.LISTEN, "lobby"))).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void nothingSecretIsShownByAnyText() {
        String ticket = issue("lobby", false, true).ticket();
        assertThat(List.of(bearer(studio.key()), new Credential.Ticket(ticket), caller(studio), studio)
                        .toString())
                .doesNotContain(studio.key(), ticket);
    }

    private Access access(Access.@Nullable Rules rules) {
        return new Access(
                rules,
                new OriginRule(Set.of("https://allowed.example")),
                tickets,
                Quotas.NONE,
                10,
                now::get,
                () -> now.get().toEpochMilli() * 1_000);
    }

    private Access.Rules rules(Rights anonymous) {
        try {
            String lesser = kiosk.line().replaceAll(" listen=.*", " listen=hall-*");
            return new Access.Rules(
                    new ApiKeys(List.of(studio.line(), lesser), Unlimited.CALLER, null),
                    anonymous,
                    Unlimited.CALLER,
                    Unlimited.CALLER,
                    null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private IssuedTicket issue(String channel, boolean speak, boolean once) {
        return tickets.issue(order(channel, speak, once), caller(studio))
                .blockOptional()
                .orElseThrow();
    }

    private static TicketOrder order(String channel, boolean speak, boolean once) {
        return new TicketOrder(channel, speak, once, Duration.ofSeconds(30));
    }

    private Caller caller(NewKey key) {
        return caller(decide(bearer(key.key()), Action.BROWSE, new Reach.SomeChannel()));
    }

    private static Caller caller(Decision decision) {
        return ((Decision.Allowed) decision).caller();
    }

    private static Credential bearer(String token) {
        return new Credential.Bearer(token);
    }

    private Decision decide(Credential credential, Action action, String channel) {
        return decide(credential, action, new Reach.OneChannel(channel));
    }

    private Decision decide(Credential credential, Action action, Reach reach) {
        return decide(new Attempt(credential, PageOrigin.none(), InetAddress.getLoopbackAddress(), action, reach));
    }

    private static Attempt attempt(Credential credential, PageOrigin page, Action action, String channel) {
        return new Attempt(credential, page, null, action, new Reach.OneChannel(channel));
    }

    private Decision decide(Attempt attempt) {
        Mono<Decision> decided = access.decide(attempt);
        return Objects.requireNonNull(decided.block());
    }

    private static Reason reason(Decision decision) {
        return ((Decision.Refused) decision).reason();
    }
}
