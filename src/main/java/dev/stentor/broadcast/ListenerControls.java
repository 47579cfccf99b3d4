package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.PlayerControl;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The loudness that was set for the listeners of a channel: for all, and for single ones by their own ids, so that one that comes back is told
 * again. Keeps that of the latest 1,000 single ones. Confined to the clock's thread, but for {@link #all}.
 */
final class ListenerControls {

    private static final int MOST_CLIENTS = 1_000;

    private final SequencedMap<String, PlayerControl> byClient = new LinkedHashMap<>();
    private volatile PlayerControl all = PlayerControl.NONE;

    /** Returns what holds for everybody; from any thread. */
    PlayerControl all() {
        return all;
    }

    /** Takes what held for everybody before this node had the channel. */
    void inherit(PlayerControl former) {
        all = former.changedBy(all);
    }

    /** Adds a change for all, and returns what holds for everybody from now on. What was set for single clients is forgotten. */
    PlayerControl change(PlayerControl change) {
        byClient.clear();
        PlayerControl changed = all.changedBy(change);
        all = changed;
        return changed;
    }

    /**
     * Tells one listener a change, and returns what holds for it from now on; null if there is none of that name.
     *
     * @param name id of the connection, or the listener's own id
     */
    @Nullable ToldControl change(Collection<Listener> present, String name, PlayerControl change) {
        ToldControl told = null;
        for (Listener listener : present) { // more than one has that name while a client replaces its older connection
            if (listener.isNamed(name)) {
                String client = listener.client();
                PlayerControl control = client == null ? change : changed(client, change);
                listener.loop().execute(() -> listener.control(control));
                told = new ToldControl(client, control);
            }
        }
        return told;
    }

    /** Takes note of what all are told. What was set for single clients is forgotten then. */
    void on(ChannelEvent event) {
        if (event instanceof ControlChanged(PlayerControl everybody)) {
            byClient.clear();
            all = everybody;
        }
    }

    /** Returns all that was set. */
    KnownControls known() {
        return new KnownControls(all, byClient);
    }

    /** Adds what another node knows, and tells those who are here. What holds for everybody is taken if nothing is known of that yet. */
    void remember(Collection<Listener> present, KnownControls known) {
        if (all.equals(PlayerControl.NONE)) {
            all = known.all();
        }
        known.byClient().forEach((client, control) -> {
            if (!control.equals(byClient.get(client))) {
                keep(client, control);
                present.stream()
                        .filter(listener -> client.equals(listener.client()))
                        .forEach(listener -> tell(listener, client));
            }
        });
    }

    /** Tells a listener that comes what holds for it alone, if anything does. */
    void tell(Listener listener, @Nullable String client) {
        PlayerControl control = client == null ? null : byClient.get(client);
        if (control != null) {
            listener.loop().execute(() -> listener.control(control));
        }
    }

    private PlayerControl changed(String client, PlayerControl change) {
        PlayerControl known = byClient.get(client);
        PlayerControl changed = (known == null ? PlayerControl.NONE : known).changedBy(change);
        keep(client, changed);
        return changed;
    }

    private void keep(String client, PlayerControl control) {
        byClient.putLast(client, control);
        if (byClient.size() > MOST_CLIENTS) {
            byClient.pollFirstEntry();
        }
    }
}
