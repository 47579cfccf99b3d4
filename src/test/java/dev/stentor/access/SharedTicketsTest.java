package dev.stentor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tickets of two nodes that share them. */
class SharedTicketsTest {

    private static final Caller STUDIO =
            new Caller("studio\nand stage", Caller.Kind.KEY, Rights.all(), SecretHash.of("key"), null);
    private static final Reach HALL = new Reach.OneChannel("hall-1");

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final InMemory shared = new InMemory();
    private final Tickets first = node();
    private final Tickets second = node();

    @Test
    void aTicketOfOneNodeOpensItsChannelOnAnotherInTheSameName() {
        String ticket = issue(first, false, false);
        Caller here = redeem(first, ticket, Action.LISTEN, HALL).orElseThrow();
        Caller there = redeem(second, ticket, Action.LISTEN, HALL).orElseThrow();
        assertThat(there).extracting(Caller::kind, Caller::until).containsExactly(Caller.Kind.TICKET, here.until());
        assertThat(there.rights().permits(Action.LISTEN, HALL)).isTrue();
        assertThat(there.rights().permits(Action.SPEAK, HALL)).isFalse();
        assertThat(there.name()).isEqualTo(STUDIO.name());
        assertThat(there.key()).isEqualTo(STUDIO.key());
    }

    @Test
    void aTicketForOneUseIsUsedUpForAllNodes() {
        String ticket = issue(first, true, true);
        assertThat(redeem(second, ticket, Action.LISTEN, new Reach.OneChannel("hall-2")))
                .isPresent();
        assertThat(redeem(second, ticket, Action.SPEAK, HALL)).isPresent();
        assertThat(redeem(second, ticket, Action.SPEAK, HALL)).isEmpty();
        assertThat(redeem(first, ticket, Action.SPEAK, HALL)).isEmpty();
        String other = issue(first, false, true);
        assertThat(redeem(first, other, Action.LISTEN, HALL)).isPresent();
        assertThat(redeem(second, other, Action.LISTEN, HALL)).isEmpty();
        assertThat(shared.texts).isEmpty();
    }

    @Test
    void aTicketThatCouldNotBeSharedIsValidWhereItWasMade() {
        shared.isAway = true;
        String ticket = issue(first, false, true);
        shared.isAway = false;
        assertThat(redeem(second, ticket, Action.LISTEN, HALL)).isEmpty();
        assertThat(redeem(first, ticket, Action.LISTEN, HALL)).isPresent();
        assertThat(redeem(first, ticket, Action.LISTEN, HALL)).isEmpty();
    }

    @Test
    void aTicketThatIsSharedAlthoughItsPlaceDidNotAnswerIsUsedOnce() {
        shared.isSilent = true;
        String ticket = issue(first, false, true);
        shared.isSilent = false;
        assertThat(shared.texts).hasSize(1);
        assertThat(redeem(first, ticket, Action.LISTEN, HALL)).isPresent();
        assertThat(redeem(second, ticket, Action.LISTEN, HALL)).isEmpty();
        assertThat(redeem(first, ticket, Action.LISTEN, HALL)).isEmpty();
    }

    @Test
    void aSharedTicketCannotBeCheckedWhileItsPlaceIsAway() {
        String ticket = issue(first, false, true);
        shared.isAway = true;
        assertThatThrownBy(() -> redeem(first, ticket, Action.LISTEN, HALL)).isInstanceOf(IllegalStateException.class);
        shared.isAway = false;
        assertThat(redeem(second, ticket, Action.LISTEN, HALL)).isPresent();
    }

    @Test
    void whatTheNodesShareHoldsNoTicketAndATicketThatIsOverOpensNothing() {
        String ticket = issue(first, false, false);
        assertThat(shared.texts.toString()).doesNotContain(ticket);
        now = now.plusSeconds(30);
        assertThat(redeem(second, ticket, Action.LISTEN, HALL)).isEmpty();
        assertThat(redeem(second, "stt_nothing", Action.LISTEN, HALL)).isEmpty();
    }

    @Test
    void aTextOfAnotherFormIsNoTicket() {
        for (String text : List.of("", "2\ntrue\nfalse\n1\n-\nhall-1\nname", "1\ntrue")) {
            assertThat(OpenTicket.parse(text)).isEmpty();
        }
    }

    private Tickets node() {
        return new Tickets(new TicketSettings(3, Duration.ofSeconds(30), Duration.ofHours(1)), () -> now, shared);
    }

    private static String issue(Tickets node, boolean speak, boolean once) {
        var order = new TicketOrder("hall-1", speak, once, Duration.ofSeconds(30));
        return node.issue(order, STUDIO).blockOptional().orElseThrow().ticket();
    }

    private static Optional<Caller> redeem(Tickets node, String ticket, Action action, Reach reach) {
        return node.redeem(ticket, action, reach).blockOptional();
    }

    /** A place that can be out of reach. */
    private static final class InMemory implements SharedTickets {

        private final Map<String, String> texts = new HashMap<>();
        private boolean isAway;
        /** Whether it does what it is told, but its answer does not come. */
        private boolean isSilent;

        @Override
        public Mono<Void> keep(String hash, String ticket, Duration lifetime) {
            return reached()
                    .then(Mono.fromRunnable(() -> texts.put(hash, ticket)))
                    .then(Mono.defer(
                            () -> isSilent ? Mono.error(new IllegalStateException("no answer")) : Mono.empty()));
        }

        @Override
        public Mono<String> find(String hash) {
            return reached().then(Mono.fromSupplier(() -> texts.get(hash)));
        }

        @Override
        public Mono<Boolean> use(String hash) {
            return reached().then(Mono.fromSupplier(() -> texts.remove(hash) != null));
        }

        private Mono<Void> reached() {
            return Mono.defer(() -> isAway ? Mono.error(new IllegalStateException("away")) : Mono.empty());
        }
    }
}
