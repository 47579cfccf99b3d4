package dev.stentor.source;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SoundReader;
import dev.stentor.mix.SoundClip;
import dev.stentor.source.SourceException.Refusal;
import dev.stentor.source.StoredSound.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The sounds that can be mixed in by name: of the operator's folder, uploaded, and a few of our own. Each is read, resampled and
 * measured once and then shared, as long as there is room. All work is done on threads that may block. Thread-safe.
 */
public final class SoundLibrary {

    private final SoundSettings settings;
    private final Scheduler files;
    private final SoundFolder folder;
    private final SoundFolder uploads;
    private final SoundCache shelf;
    private final Map<SoundCache.Key, Mono<StoredSound>> loading = new ConcurrentHashMap<>();
    private final AtomicBoolean storing = new AtomicBoolean();
    private final Lock reading = new ReentrantLock();

    /**
     * What a list says of a sound.
     *
     * @param bytes of its file; 0 if it has none
     */
    public record Listed(SoundName name, Origin origin, long bytes) {}

    /** Where a sound is. */
    private record Place(SoundName name, Origin origin, String version, Loader loader) {
        SoundCache.Key key() {
            return new SoundCache.Key(name, version);
        }
    }

    private interface Loader {
        SoundFile.Content load() throws IOException;
    }

    /** @param files where reading and writing may block; not owned */
    public SoundLibrary(SoundSettings settings, Scheduler files) {
        this.settings = settings;
        this.files = files;
        this.folder = new SoundFolder(settings.directory());
        this.uploads = new SoundFolder(settings.uploads());
        this.shelf = new SoundCache(mostSamples());
    }

    /**
     * A sound, from its beginning to its end. Fails with {@link SourceException} if there is none of that name, and with
     * {@link dev.stentor.audio.UnreadableSound} if its file cannot be read.
     */
    public Mono<StoredSound> load(SoundName name) {
        return blocking(() -> place(name)).flatMap(place -> {
            SoundCache.Key key = place.key();
            return shelf.find(key).map(Mono::just).orElseGet(() -> loading.computeIfAbsent(key, _ -> loading(place)));
        });
    }

    /** Loads once for all who ask meanwhile. The entry is removed before the value is given, and after the cache has it. */
    private Mono<StoredSound> loading(Place place) {
        SoundCache.Key key = place.key();
        return blocking(() -> loaded(place))
                .doOnNext(sound -> shelf.put(key, sound))
                .doOnTerminate(() -> loading.remove(key))
                .cache();
    }

    /** Looks into the cache again: another load may have ended since the caller did. */
    private StoredSound loaded(Place place) throws IOException {
        Optional<StoredSound> known = shelf.find(place.key());
        return known.isPresent()
                ? known.get()
                : stored(place.name(), place.origin(), place.loader().load());
    }

    /** All there are, by name. */
    public Mono<List<Listed>> list() {
        return blocking(() -> {
            List<Listed> all = new ArrayList<>();
            DemoSounds.ALL.keySet().forEach(name -> all.add(new Listed(name, Origin.BUILT_IN, 0)));
            addFiles(all, folder, Origin.FILE);
            addFiles(all, uploads, Origin.UPLOAD);
            all.sort((a, b) -> a.name().value().compareTo(b.name().value()));
            return List.copyOf(all);
        });
    }

    /**
     * Takes a file in, under that name, if it can be read; one that was uploaded under it before gives way. The file itself stays
     * the caller's. Fails as {@link #load} does, and if there is no room.
     */
    public Mono<StoredSound> upload(SoundName name, Path file) {
        return blocking(() -> {
            if (DemoSounds.ALL.containsKey(name) || folder.find(name).isPresent()) {
                throw new SourceException(Refusal.TAKEN, "A sound of this name is there already, and stays.");
            }
            SoundFile.Content content = read(file);
            if (!storing.compareAndSet(false, true)) {
                throw new SourceException(Refusal.TOO_MUCH, "Another sound is just being stored; try again.");
            }
            try {
                boolean replaces = uploads.find(name).isPresent();
                if (!replaces && uploads.names().size() >= settings.maxUploads()) {
                    throw new SourceException(
                            Refusal.TOO_MUCH,
                            "There are " + settings.maxUploads() + " uploaded sounds already; delete one first.");
                }
                uploads.put(name, file);
            } finally {
                storing.set(false);
            }
            return stored(name, Origin.UPLOAD, content);
        });
    }

    /** Deletes an uploaded sound; who plays it plays it to its end. Fails if there is none, or if it was not uploaded. */
    public Mono<Void> delete(SoundName name) {
        return blocking(() -> {
                    Place place = place(name);
                    if (place.origin() != Origin.UPLOAD || !uploads.remove(name)) {
                        throw new SourceException(Refusal.TAKEN, "Only uploaded sounds can be deleted.");
                    }
                    return name;
                })
                .then();
    }

    /** Returns how much sound may lie ready, in samples. */
    private long mostSamples() {
        return settings.memory().toMillis() * PcmFormat.SPEECH.sampleRateHz() / 1_000;
    }

    /** How much sound lies ready now, in samples. */
    public long samplesHeld() {
        return shelf.samples();
    }

    /** One after the other: each may need the memory of a long sound, and more while it is read. */
    private SoundFile.Content read(Path file) throws IOException {
        reading.lock();
        try {
            return SoundFile.read(file, settings.maxLength(), settings.preset());
        } finally {
            reading.unlock();
        }
    }

    private static StoredSound stored(SoundName name, Origin origin, SoundFile.Content content) {
        return new StoredSound(name, origin, SoundClip.owning(content.samples()), content.faults());
    }

    private Place place(SoundName name) throws IOException {
        Supplier<float[]> own = DemoSounds.ALL.get(name);
        if (own != null) {
            return new Place(
                    name, Origin.BUILT_IN, "", () -> new SoundFile.Content(own.get(), SoundReader.Faults.NONE));
        }
        Optional<Path> file = folder.find(name);
        Origin origin = file.isPresent() ? Origin.FILE : Origin.UPLOAD;
        Path path = file.or(() -> uploads.find(name))
                .orElseThrow(() ->
                        new SourceException(Refusal.UNKNOWN, "There is no such sound; GET /v1/sounds lists them."));
        if (Files.size(path) > settings.maxBytes()) {
            throw new SourceException(
                    Refusal.TOO_MUCH, "A sound may have " + settings.maxBytes() + " bytes; this file has more.");
        }
        String version = Files.getLastModifiedTime(path) + " " + Files.size(path) + " " + origin;
        return new Place(name, origin, version, () -> read(path));
    }

    private static void addFiles(List<Listed> all, SoundFolder from, Origin origin) throws IOException {
        for (SoundName name : from.names()) {
            Optional<Path> file = from.find(name);
            if (file.isPresent() && all.stream().noneMatch(other -> other.name().equals(name))) {
                all.add(new Listed(name, origin, Files.size(file.get())));
            }
        }
    }

    private <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(files);
    }
}
