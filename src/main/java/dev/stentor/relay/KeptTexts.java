package dev.stentor.relay;

import dev.stentor.channel.ChannelKeeper;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.clock.TickClock;
import dev.stentor.cluster.ClusterDirectory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * The texts of a channel of this node, as they are kept for the next node that has it. What could not be kept is kept later, whole. Confined
 * to the clock's thread; answers come on any.
 */
final class KeptTexts implements ChannelKeeper {

    private final ClusterDirectory directory;
    private final TickClock clock;
    private final ChannelName channel;
    private final long epoch;
    /** All that is to be kept, by name. */
    private final Map<String, String> texts = new TreeMap<>();
    /** Names that may still be kept, and are not to be. */
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();

    private List<String> order = List.of();
    private volatile boolean missing;

    /** @param former names of texts that an earlier life of the channel left, which are dropped */
    KeptTexts(ClusterDirectory directory, TickClock clock, ChannelName channel, long epoch, Set<String> former) {
        this.directory = directory;
        this.clock = clock;
        this.channel = channel;
        this.epoch = epoch;
        this.dropped.addAll(former);
        this.missing = !former.isEmpty();
    }

    @Override
    public void settings(ChannelSettings settings, boolean pinned) {
        put(KeptForm.SETTINGS, KeptForm.of(settings, pinned));
    }

    @Override
    public void queued(String id, UtteranceRequest request, List<String> order) {
        String name = KeptForm.UTTERANCE + id;
        String text = KeptForm.of(request, System.currentTimeMillis());
        texts.put(named(name), text);
        keep(Map.of(named(name), text, named(KeptForm.ORDER), ordered(order)), Set.of());
        request.request().charge().onPaid(characters -> clock.execute(() -> paid(name, characters)));
    }

    /** Keeps what is paid for a text, so that the next node does not charge it again. */
    private void paid(String name, long characters) {
        String text = texts.get(named(name));
        if (text != null) {
            put(name, KeptForm.withPaid(text, characters));
        }
    }

    @Override
    public void over(String id) {
        String name = named(KeptForm.UTTERANCE + id);
        if (texts.remove(name) != null) {
            dropped.add(name);
            List<String> left =
                    order.stream().filter(other -> !other.equals(id)).toList();
            keep(Map.of(named(KeptForm.ORDER), ordered(left)), Set.of(name));
        }
    }

    private String ordered(List<String> ids) {
        order = ids;
        String text = KeptForm.of(ids);
        texts.put(named(KeptForm.ORDER), text);
        return text;
    }

    /** Drops all: the channel has ended, and nobody is to go on with it. */
    Mono<Boolean> drop() {
        dropped.addAll(texts.keySet());
        texts.clear();
        return directory.keep(channel.value(), epoch, Map.of(), Set.copyOf(dropped));
    }

    /** Keeps again what could not be kept. */
    void refresh() {
        if (missing) {
            missing = false;
            keep(Map.copyOf(texts), Set.copyOf(dropped));
        }
    }

    private void put(String name, String text) {
        texts.put(named(name), text);
        keep(Map.of(named(name), text), Set.of());
    }

    private void keep(Map<String, String> changed, Set<String> leaving) {
        var _ = directory
                .keep(channel.value(), epoch, changed, leaving)
                .subscribe(_ -> leaving.forEach(dropped::remove), _ -> missing = true);
    }

    private String named(String name) {
        return epoch + ":" + name;
    }
}
