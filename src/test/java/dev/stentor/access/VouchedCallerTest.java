package dev.stentor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of the form in which a node vouches for the holder of a ticket. */
class VouchedCallerTest {

    private static final Instant UNTIL = Instant.parse("2026-11-30T12:00:00Z");
    private static final Reach HALL = new Reach.OneChannel("hall-1");

    private static Caller holder(List<String> speak) {
        return new Caller(
                "studio\nand stage",
                Caller.Kind.TICKET,
                Rights.of(List.of("hall-1"), speak, List.of()),
                SecretHash.of("key"),
                UNTIL);
    }

    @Test
    void theHolderIsTheSameThereAndMaySpeakOnThatChannelOnly() {
        String text = VouchedCaller.text(holder(List.of("hall-1")), "hall-1").orElseThrow();
        assertThat(text).matches("[A-Za-z0-9_-]+");
        Caller read = VouchedCaller.read(text).orElseThrow();
        assertThat(read)
                .extracting(Caller::name, Caller::kind, Caller::key, Caller::until)
                .containsExactly("studio\nand stage", Caller.Kind.TICKET, SecretHash.of("key"), UNTIL);
        assertThat(read.rights().permits(Action.SPEAK, HALL)).isTrue();
        assertThat(read.rights().permits(Action.MANAGE, HALL)).isFalse();
        assertThat(read.rights().permits(Action.SPEAK, new Reach.OneChannel("hall-2")))
                .isFalse();
    }

    @Test
    void aHolderWhoMayOnlyListenMayNotSpeakThere() {
        String text = VouchedCaller.text(holder(List.of()), "hall-1").orElseThrow();
        Caller read = VouchedCaller.read(text).orElseThrow();
        assertThat(read.rights().permits(Action.LISTEN, HALL)).isTrue();
        assertThat(read.rights().permits(Action.SPEAK, HALL)).isFalse();
    }

    @Test
    void nobodyIsVouchedForWhoMayDoNothingThereOrHasAnotherCredential() {
        assertThat(VouchedCaller.text(holder(List.of("hall-1")), "hall-2")).isEmpty();
        var key = new Caller("studio", Caller.Kind.KEY, Rights.all(), SecretHash.of("key"), null);
        assertThat(VouchedCaller.text(key, "hall-1")).isEmpty();
        assertThat(VouchedCaller.text(Caller.ANYBODY, "hall-1")).isEmpty();
    }

    @Test
    void whatIsOfAnotherFormIsNobody() {
        for (String lines : List.of(
                "",
                "1\nhall-1\nspeak\n1\n-\nname",
                "2\nhall-1\nspeak\nsoon\n-\nname",
                "2\nhall-1\nspeak\n1\nkey\nname")) {
            String text = Base64.getUrlEncoder().encodeToString(lines.getBytes(UTF_8));
            assertThat(VouchedCaller.read(text)).isEmpty();
        }
        assertThat(VouchedCaller.read("§")).isEmpty();
    }
}
