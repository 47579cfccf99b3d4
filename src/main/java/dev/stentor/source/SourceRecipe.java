package dev.stentor.source;

import java.util.Optional;

/** The text by which a source is made again, on another node perhaps: sounds that are played over and over, by their names, and silence. */
final class SourceRecipe {

    private static final String BED = "bed:";
    private static final String SILENCE = "silence";

    private SourceRecipe() {}

    /** Returns the recipe of a source; empty if it cannot be made again as it was. */
    static Optional<String> of(SourceContent content, boolean loops) {
        return switch (content) {
            case SourceContent.Bed(SoundName sound) when loops -> Optional.of(BED + sound);
            case SourceContent.Silence _ -> Optional.of(SILENCE);
            default -> Optional.empty();
        };
    }

    /** Returns what a recipe says; empty if it is none. */
    static Optional<SourceContent> read(String recipe) {
        if (recipe.equals(SILENCE)) {
            return Optional.of(new SourceContent.Silence());
        }
        String sound = recipe.startsWith(BED) ? recipe.substring(BED.length()) : "";
        return SoundName.isValid(sound) ? Optional.of(new SourceContent.Bed(new SoundName(sound))) : Optional.empty();
    }
}
