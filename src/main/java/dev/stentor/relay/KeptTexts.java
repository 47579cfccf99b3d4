package dev.stentor.relay;

import dev.stentor.channel.ChannelKeeper;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Utterance;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.channel.WrittenText;
import dev.stentor.cluster.ClusterDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The texts of a channel of this node, as they are kept for the next node that has it. What could not be kept is kept later, whole. Confined
 * to the clock's thread.
 */
final class KeptTexts implements ChannelKeeper {

    private static final int MOST_PAST = 50;
    private static final long MOST_PAST_CHARACTERS = 200_000;

    private final ClusterDirectory directory;
    private final ChannelName channel;
    private final long epoch;
    /** All that is to be kept, by name. */
    private final Map<String, String> texts = new TreeMap<>();
    /** Names that may still be kept, and are not to be. */
    private final Set<String> dropped = new HashSet<>();

    /** Open texts that were written to since they were kept, by id. */
    private final Map<String, Supplier<String>> growing = new HashMap<>();
    /** Names of the utterances that are over, and the lengths of their texts; the oldest first. */
    private final SequencedMap<String, Integer> past = new LinkedHashMap<>();

    private long pastCharacters;
    private long ended;
    private volatile boolean missing;

    /** @param former names of texts that an earlier life of the channel left, which are dropped */
    KeptTexts(ClusterDirectory directory, ChannelName channel, long epoch, Set<String> former) {
        this.directory = directory;
        this.channel = channel;
        this.epoch = epoch;
        this.dropped.addAll(former);
    }

    @Override
    public void settings(ChannelSettings settings, boolean pinned) {
        put(KeptForm.SETTINGS, KeptForm.of(settings, pinned));
    }

    @Override
    public void queued(String id, UtteranceRequest request, List<String> order) {
        String name = KeptForm.UTTERANCE + id;
        String text = KeptForm.of(request, null, System.currentTimeMillis());
        texts.put(named(name), text);
        texts.put(named(KeptForm.ORDER), KeptForm.of(order));
        keep(Map.of(named(name), text, named(KeptForm.ORDER), KeptForm.of(order)), Set.of());
    }

    @Override
    public void written(String id, UtteranceRequest request, Supplier<WrittenText> text) {
        growing.put(id, () -> KeptForm.of(request, text.get(), System.currentTimeMillis()));
    }

    @Override
    public void over(Utterance utterance) {
        growing.remove(utterance.id());
        Set<String> leaving = new HashSet<>();
        leave(named(KeptForm.UTTERANCE + utterance.id()), leaving);
        String name = named(KeptForm.PAST + utterance.id());
        String text = KeptForm.of(utterance, ended++);
        texts.put(name, text);
        past.put(name, text.length());
        pastCharacters += text.length();
        while (past.size() > MOST_PAST || pastCharacters > MOST_PAST_CHARACTERS) {
            Map.Entry<String, Integer> oldest = past.pollFirstEntry();
            pastCharacters -= oldest.getValue();
            leave(oldest.getKey(), leaving);
        }
        keep(texts.containsKey(name) ? Map.of(name, text) : Map.of(), leaving);
    }

    private void leave(String name, Set<String> leaving) {
        if (texts.remove(name) != null) {
            dropped.add(name);
            leaving.add(name);
        }
    }

    /** Keeps what was written meanwhile, and again what could not be kept. */
    void refresh() {
        Map<String, String> grown = new HashMap<>();
        growing.forEach((id, text) -> grown.put(named(KeptForm.UTTERANCE + id), text.get()));
        growing.clear();
        texts.putAll(grown);
        if (!grown.isEmpty()) {
            keep(grown, Set.of());
        }
        if (missing || !dropped.isEmpty()) {
            missing = false;
            Set<String> leaving = Set.copyOf(dropped);
            dropped.clear();
            keep(Map.copyOf(texts), leaving);
        }
    }

    private void put(String name, String text) {
        texts.put(named(name), text);
        keep(Map.of(named(name), text), Set.of());
    }

    private void keep(Map<String, String> changed, Set<String> leaving) {
        var _ = directory.keep(channel.value(), epoch, changed, leaving).subscribe(_ -> {}, _ -> missing = true);
    }

    private String named(String name) {
        return epoch + ":" + name;
    }
}
