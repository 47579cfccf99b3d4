package dev.stentor.source;

import dev.stentor.audio.SoundReader;
import dev.stentor.audio.SpeechTime;
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
 * The library of sounds that can be mixed in by name: files of the operator's folder, uploaded files, and built-in sounds. Each
 * sound is read, resampled and measured once and then shared, as long as the cache has room. All work is done on threads that may
 * block. Thread-safe.
 */
public final class SoundLibrary {

    private final SoundSettings settings;
    private final Scheduler files;
    private final SoundFolder folder;
    private final SoundFolder uploads;
    private final SoundCache cache;
    private final Map<SoundCache.Key, Mono<StoredSound>> loading = new ConcurrentHashMap<>();
    private final AtomicBoolean storing = new AtomicBoolean();
    private final Lock reading = new ReentrantLock();

    /**
     * An entry of the list of sounds.
     *
     * @param bytes size of its file; 0 if it has none
     */
    public record Listed(SoundName name, Origin origin, long bytes) {}

    /** The location of a sound. */
    private record Location(SoundName name, Origin origin, String version, Loader loader) {
        SoundCache.Key key() {
            return new SoundCache.Key(name, version);
        }
    }

    private interface Loader {
        SoundFile.Content load() throws IOException;
    }

    /** @param files scheduler on which reading and writing may block; not owned */
    public SoundLibrary(SoundSettings settings, Scheduler files) {
        this.settings = settings;
        this.files = files;
        this.folder = new SoundFolder(settings.directory());
        this.uploads = new SoundFolder(settings.uploads());
        this.cache = new SoundCache(maxSamples());
    }

    /**
     * Loads a sound, from its beginning to its end. Fails with {@link SourceException} if there is none of that name, and with
     * {@link dev.stentor.audio.UnreadableSound} if its file cannot be read.
     */
    public Mono<StoredSound> load(SoundName name) {
        return blocking(() -> locate(name)).flatMap(location -> {
            SoundCache.Key key = location.key();
            return cache.find(key).map(Mono::just).orElseGet(() -> loading.computeIfAbsent(key, _ -> load(location)));
        });
    }

    /** Loads once for all callers at the same time. Forgets the load when the cache has the value, and before callers get it. */
    private Mono<StoredSound> load(Location location) {
        SoundCache.Key key = location.key();
        return blocking(() -> cachedOrRead(location))
                .doOnNext(sound -> cache.put(key, sound))
                .doOnTerminate(() -> loading.remove(key))
                .cache();
    }

    /** Looks into the cache again, since another load may have ended meanwhile, and reads the sound if it is not there. */
    private StoredSound cachedOrRead(Location location) throws IOException {
        Optional<StoredSound> known = cache.find(location.key());
        return known.isPresent()
                ? known.get()
                : stored(location.name(), location.origin(), location.loader().load());
    }

    /** Lists all sounds, in the order of their names. */
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
     * Copies a file into the library under that name, if it can be read; replaces an earlier upload of that name. The file still
     * belongs to the caller. Fails as {@link #load} does, and if there are too many sounds.
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

    /** Deletes an uploaded sound; sources that play it go on. Fails if there is none of that name, or if it was not uploaded. */
    public Mono<Void> delete(SoundName name) {
        return blocking(() -> {
                    Location location = locate(name);
                    if (location.origin() != Origin.UPLOAD || !uploads.remove(name)) {
                        throw new SourceException(Refusal.TAKEN, "Only uploaded sounds can be deleted.");
                    }
                    return name;
                })
                .then();
    }

    /** Returns how many samples the cache may hold. */
    private long maxSamples() {
        return SpeechTime.samples(settings.memory());
    }

    /** Returns how many samples the cache holds now. */
    public long samplesHeld() {
        return cache.samples();
    }

    /** Reads one file after the other: each may need the memory of a long sound, and more while it is read. */
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

    private Location locate(SoundName name) throws IOException {
        Supplier<float[]> builtIn = DemoSounds.ALL.get(name);
        if (builtIn != null) {
            return new Location(
                    name, Origin.BUILT_IN, "", () -> new SoundFile.Content(builtIn.get(), SoundReader.Faults.NONE));
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
        return new Location(name, origin, version, () -> read(path));
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
