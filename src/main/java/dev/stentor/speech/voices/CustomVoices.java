package dev.stentor.speech.voices;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.Voice;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The voices that were made, and which model each belongs to. What the studios list is kept for a while; what is made or deleted
 * here is known at once. Thread-safe: its state is one immutable value.
 */
public final class CustomVoices {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final List<VoiceStudio> studios;
    private final Mono<Void> listed;
    private final AtomicReference<State> state = new AtomicReference<>(State.EMPTY);

    /**
     * Of these studios; asks none of them yet.
     *
     * @param studios new voices are made in the first; may be none
     * @param keep how long a list is good for
     * @param timer tells when it no longer is; not owned
     */
    public CustomVoices(List<VoiceStudio> studios, Duration keep, Scheduler timer) {
        this.studios = List.copyOf(studios);
        this.listed = Mono.defer(this::list).cache(_ -> keep, _ -> AFTER_FAILURE, () -> keep, timer);
    }

    /** For a gateway on which no voices can be made. */
    public static CustomVoices none() {
        return new CustomVoices(List.of(), Duration.ZERO, Schedulers.immediate());
    }

    /** Where new voices are made; empty if nowhere. */
    public Optional<VoiceStudio> studio() {
        return studios.stream().findFirst();
    }

    /** Where a voice is; empty if it is not known. */
    public Optional<VoiceStudio> studioOf(String name) {
        return Optional.ofNullable(state.get().voices().get(name)).map(Made::studio);
    }

    /** What is known of a voice now, without asking anybody. */
    public Optional<CustomVoice> known(String name) {
        return Optional.ofNullable(state.get().voices().get(name)).map(Made::voice);
    }

    /** All that is known now, without asking anybody. */
    public List<CustomVoice> known() {
        return state.get().voices().values().stream()
                .map(Made::voice)
                .sorted(Comparator.comparing(CustomVoice::name))
                .toList();
    }

    /** Asks the studios in the background, unless they were asked a short while ago: next time more may be known. */
    public void refresh() {
        // Whoever wants the list is told why there is none; nobody does here.
        var _ = listed.subscribe(_ -> {}, _ -> {});
    }

    /** All voices, asked for if the list is too old. Fails with {@link SpeechException}. */
    public Mono<List<CustomVoice>> all() {
        return listed.then(Mono.fromSupplier(this::known));
    }

    /** A voice, by its exact name; empty if there is none. Asks the studios only if it is not known. */
    public Mono<CustomVoice> find(String name) {
        return Mono.defer(() -> Mono.justOrEmpty(known(name)))
                .switchIfEmpty(listed.then(Mono.fromSupplier(() -> known(name).orElse(null))));
    }

    /** Makes a voice in the first studio, and remembers it. */
    public Mono<CustomVoice> copy(CloneOrder order) {
        VoiceStudio studio = studios.getFirst();
        return studio.copy(order).doOnNext(voice -> learn(voice, studio));
    }

    /** Makes a voice in the first studio, and remembers it. */
    public Mono<DesignedVoice> design(DesignOrder order) {
        VoiceStudio studio = studios.getFirst();
        return studio.design(order).doOnNext(made -> learn(made.voice(), studio));
    }

    /** Deletes a known voice where it is, and forgets it. */
    public Mono<Void> delete(CustomVoice voice) {
        return studioOf(voice.name())
                .or(this::studio)
                .map(studio -> studio.delete(voice.kind(), voice.name()))
                .orElse(Mono.empty())
                .doOnSuccess(_ -> forget(voice.name()));
    }

    /** A voice that was just made in a studio. */
    public void learn(CustomVoice voice, VoiceStudio studio) {
        change(before -> before.with(new Made(voice, studio)));
    }

    /** A voice that was just deleted. */
    public void forget(String name) {
        change(before -> before.without(name));
    }

    private Mono<Void> list() {
        State before = state.get();
        return Flux.fromIterable(studios)
                .concatMap(studio -> Flux.just(Voice.Kind.CLONED, Voice.Kind.DESIGNED)
                        .concatMap(studio::voices)
                        .map(voice -> new Made(voice, studio)))
                .collectList()
                .doOnNext(found -> change(now -> now.renewed(found, before)))
                .then();
    }

    private void change(UnaryOperator<State> step) {
        var _ = state.updateAndGet(step);
    }

    private record Made(CustomVoice voice, VoiceStudio studio) {}

    /**
     * All that is known.
     *
     * @param voices by name
     * @param made here since the studios were last asked: a list that was begun earlier does not have them
     * @param deleted here since then: such a list still has them
     */
    private record State(Map<String, Made> voices, Set<String> made, Set<String> deleted) {

        static final State EMPTY = new State(Map.of(), Set.of(), Set.of());

        State with(Made voice) {
            var more = new HashMap<>(voices);
            more.put(voice.voice().name(), voice);
            return new State(Map.copyOf(more), plus(made, voice.voice().name()), deleted);
        }

        State without(String name) {
            var fewer = new HashMap<>(voices);
            fewer.remove(name);
            return new State(Map.copyOf(fewer), made, plus(deleted, name));
        }

        State renewed(List<Made> found, State before) {
            var next = new HashMap<String, Made>();
            found.forEach(voice -> next.put(voice.voice().name(), voice));
            Set<String> since = minus(made, before.made);
            Set<String> gone = minus(deleted, before.deleted);
            voices.forEach((name, voice) -> {
                if (since.contains(name)) {
                    next.put(name, voice);
                }
            });
            gone.forEach(next::remove);
            return new State(Map.copyOf(next), since, gone);
        }

        private static Set<String> plus(Set<String> names, String name) {
            return Set.copyOf(Stream.concat(names.stream(), Stream.of(name)).toList());
        }

        private static Set<String> minus(Set<String> names, Set<String> others) {
            var rest = new HashSet<>(names);
            rest.removeAll(others);
            return Set.copyOf(rest);
        }
    }
}
