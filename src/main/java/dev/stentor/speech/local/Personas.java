package dev.stentor.speech.local;

import dev.stentor.speech.TableResource;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.QwenCatalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The personas by voice name: the engine's own ones, and the stand-ins for Qwen voices. Read from two tables. Immutable. */
final class Personas {

    private final Map<String, Persona> own = new LinkedHashMap<>();
    private final Map<String, Persona> standIns = new LinkedHashMap<>();

    /** Reads the tables. */
    Personas() {
        for (List<String> row : TableResource.read(Personas.class, "personas.tsv", 5)) {
            own.put(
                    row.get(0),
                    new Persona(
                            row.get(0),
                            Voice.Sex.valueOf(row.get(1)),
                            Double.parseDouble(row.get(2)),
                            Double.parseDouble(row.get(3)),
                            row.get(4)));
        }
        for (List<String> row : TableResource.read(Personas.class, "stand-ins.tsv", 2)) {
            Persona persona = own.get(row.get(1));
            if (persona == null) {
                throw new IllegalStateException("There is no persona " + row.get(1));
            }
            standIns.put(row.get(0), persona);
        }
    }

    /** Returns the persona for a voice; null means the default voice. Empty if the name is unknown. */
    Optional<Persona> of(@Nullable String voice) {
        String name = voice == null ? QwenCatalogue.DEFAULT_VOICE : voice;
        return Optional.ofNullable(own.getOrDefault(name, standIns.get(name)));
    }

    /** Returns the embedded engine's own personas. */
    List<Persona> own() {
        return List.copyOf(own.values());
    }
}
