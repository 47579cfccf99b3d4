package dev.stentor.relay;

import dev.stentor.channel.ChannelKeeper;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.KeptSource;
import dev.stentor.channel.MixSettings;
import dev.stentor.channel.Utterance;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.channel.WrittenText;
import dev.stentor.clock.TickClock;
import dev.stentor.cluster.ClusterDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The texts of a channel of this node, as they are kept for the next node that has it. What could not be kept is kept later, whole. Confined
 * to the clock's thread; answers come on any.
 */
final class KeptTexts implements ChannelKeeper {

    private static final int MOST_PAST = 50;
    private static final long MOST_PAST_CHARACTERS = 200_000;

    private final ClusterDirectory directory;
    private final TickClock clock;
    private final ChannelName channel;
    private final long epoch;
    /** All that is to be kept, by name. */
    private final Map<String, String> texts = new TreeMap<>();
    /** Names that may still be kept, and are not to be. */
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    /** Open texts that were written to since they were kept, by id. */
    private final Map<String, Supplier<WrittenText>> growing = new HashMap<>();
    /** Names of the utterances that are over, and the lengths of their texts; the oldest first. */
    private final SequencedMap<String, Integer> past = new LinkedHashMap<>();

    private long pastCharacters;
    private long ended;
    private List<String> order = List.of();
    private boolean isDropped;
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
    public void mix(MixSettings settings, List<KeptSource> sources) {
        put(KeptForm.MIX, KeptForm.of(settings, sources));
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
    public void written(String id, Supplier<WrittenText> text) {
        growing.put(id, text);
    }

    @Override
    public void over(Utterance utterance) {
        String id = utterance.id();
        growing.remove(id);
        Map<String, String> changed = new HashMap<>();
        Set<String> leaving = new HashSet<>();
        if (leave(named(KeptForm.UTTERANCE + id), leaving)) {
            List<String> left =
                    order.stream().filter(other -> !other.equals(id)).toList();
            changed.put(named(KeptForm.ORDER), ordered(left));
        }
        String name = named(KeptForm.PAST + id);
        String text = KeptForm.of(utterance, ended++);
        texts.put(name, text);
        changed.put(name, text);
        past.put(name, text.length());
        pastCharacters += text.length();
        while (past.size() > MOST_PAST || pastCharacters > MOST_PAST_CHARACTERS) {
            Map.Entry<String, Integer> oldest = past.pollFirstEntry();
            pastCharacters -= oldest.getValue();
            var _ = leave(oldest.getKey(), leaving);
        }
        changed.keySet().removeAll(leaving);
        keep(changed, leaving);
    }

    private boolean leave(String name, Set<String> leaving) {
        if (texts.remove(name) == null) {
            return false;
        }
        dropped.add(name);
        return leaving.add(name);
    }

    private String ordered(List<String> ids) {
        order = ids;
        String text = KeptForm.of(ids);
        texts.put(named(KeptForm.ORDER), text);
        return text;
    }

    /** Drops all, and keeps nothing any more: the channel has ended, and nobody is to go on with it. */
    Mono<Boolean> drop() {
        isDropped = true;
        dropped.addAll(texts.keySet());
        texts.clear();
        growing.clear();
        return directory.keep(channel.value(), epoch, Map.of(), Set.copyOf(dropped));
    }

    /** Keeps all again with the next {@link #refresh}: the cluster may have forgotten it. */
    void forgotten() {
        missing = true;
    }

    /** Keeps what was written meanwhile, and again what could not be kept. */
    void refresh() {
        Map<String, String> grown = new HashMap<>();
        growing.forEach((id, text) -> {
            String name = named(KeptForm.UTTERANCE + id);
            String kept = texts.get(name);
            if (kept != null) {
                grown.put(name, KeptForm.withWritten(kept, text.get()));
            }
        });
        growing.clear();
        texts.putAll(grown);
        if (!grown.isEmpty()) {
            keep(grown, Set.of());
        }
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
        if (isDropped) {
            return;
        }
        var _ = directory
                .keep(channel.value(), epoch, changed, leaving)
                .subscribe(_ -> leaving.forEach(dropped::remove), _ -> missing = true);
    }

    private String named(String name) {
        return epoch + ":" + name;
    }
}
