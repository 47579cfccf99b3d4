package dev.stentor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.AppendResult.Stored;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contract of the adapters of both ports. */
public abstract class ClusterContract extends ClusterBusContract {

    @Test
    public void aChannelThatEndedIsForgottenAfterAWhileButItsEpochIsNot() {
        long epoch = granted("a");
        assertThat(append(epoch, 1, 3)).isEqualTo(new Stored());
        assertThat(get(directory().keep(channel, epoch, Map.of("k", "v"), Set.of())))
                .isTrue();
        done(bus().end(channel, epoch - 1, SHORT));
        letPass(SHORT);
        assertThat(get(bus().last(channel))).isEqualTo(new EntryId(epoch, 3));
        done(bus().end(channel, epoch, SHORT));
        done(bus().release(channel, "a", epoch));
        letPass(SHORT);
        assertThat(bus().last(channel).blockOptional(LIMIT)).isEmpty();
        assertThat(get(directory().kept(channel))).isEmpty();
        assertThat(granted("b")).isGreaterThan(epoch);
    }

    @Test
    public void nodesAreAliveUntilTheirTimeIsOverOrTheyGo() {
        var a = new ClusterNode(channel + "-a", "http://a:1");
        var b = new ClusterNode(channel + "-b", "http://b:1");
        var c = new ClusterNode(channel + "-c", "http://c:1").withArchive("a0000000000001");
        done(directory().announce(a, SHORT));
        done(directory().announce(b, LONG));
        done(directory().announce(c, LONG));
        assertThat(get(directory().nodes())).contains(a, b, c);
        done(directory().withdraw(c.id()));
        letPass(SHORT);
        assertThat(get(directory().nodes())).contains(b).doesNotContain(a, c);
    }

    @Test
    public void presenceIsForgottenAfterItsTime() {
        done(directory().present(channel, "a", "{\"listeners\":3}", SHORT));
        done(directory().present(channel, "b", "{\"listeners\":1}", LONG));
        done(directory().present(channel, "c", "{}", LONG));
        assertThat(get(directory().presence(channel))).containsOnlyKeys("a", "b", "c");
        done(directory().absent(channel, "c"));
        letPass(SHORT);
        assertThat(get(directory().presence(channel))).containsExactly(Map.entry("b", "{\"listeners\":1}"));
    }

    @Test
    public void textsAreKeptForTheNextLeaderByTheLeaderOnly() {
        long first = granted("a", SHORT);
        assertThat(get(directory().keep(channel, first, Map.of("u1", "eins", "u2", "zwei, 二"), Set.of())))
                .isTrue();
        assertThat(get(directory().keep(channel, first, Map.of("u3", "drei"), Set.of("u1"))))
                .isTrue();
        letPass(SHORT);
        long second = granted("b");
        assertThat(get(directory().keep(channel, first, Map.of("u4", "vier"), Set.of("u2"))))
                .isFalse();
        assertThat(get(directory().kept(channel))).isEqualTo(Map.of("u2", "zwei, 二", "u3", "drei"));
        assertThat(get(directory().keep(channel, second, Map.of(), Set.of("u2", "u3"))))
                .isTrue();
        assertThat(get(directory().kept(channel))).isEmpty();
    }

    @Test
    public void aRequestBelongsToTheArchiveThatClaimedItFirstUntilItsTimeIsOver() {
        assertThat(get(claims().claim(channel, "a", SHORT, null))).isEqualTo("a");
        assertThat(get(claims().claim(channel, "b", LONG, null))).isEqualTo("a");
        letPass(SHORT);
        assertThat(get(claims().claim(channel, "b", SHORT, null))).isEqualTo("b");
        assertThat(get(claims().claim(channel, "b", LONG, null))).isEqualTo("b");
        letPass(SHORT);
        assertThat(get(claims().claim(channel, "a", LONG, null))).isEqualTo("b");
        assertThat(get(claims().claim(channel + "x", "a", LONG, null))).isEqualTo("a");
    }

    @Test
    public void aClaimThatFailedDoesNotCountButThatOfAnotherDoes() {
        assertThat(get(claims().claim(channel, "a", LONG, null))).isEqualTo("a");
        assertThat(get(claims().claim(channel, "b", LONG, "c"))).isEqualTo("a");
        assertThat(get(claims().claim(channel, "b", LONG, "a"))).isEqualTo("b");
        assertThat(get(claims().claim(channel, "c", LONG, "a"))).isEqualTo("b");
    }

    @Test
    public void aClaimIsGivenBackByItsArchiveOnly() {
        assertThat(get(claims().claim(channel, "a", LONG, null))).isEqualTo("a");
        done(claims().release(channel, "b"));
        assertThat(get(claims().claim(channel, "b", LONG, null))).isEqualTo("a");
        done(claims().release(channel, "a"));
        assertThat(get(claims().claim(channel, "b", LONG, null))).isEqualTo("b");
    }
}
