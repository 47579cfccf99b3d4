package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechRequest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Which sources can be made again, and by which texts. */
class SourceRecipeTest {

    private static final SourceContent RAIN = new SourceContent.Bed(new SoundName("rain"));

    @Test
    void aBedThatLoopsAndSilenceAreMadeAgain() {
        String bed = SourceRecipe.of(RAIN, true).orElseThrow();
        assertThat(SourceRecipe.read(bed)).contains(RAIN);
        String silence = SourceRecipe.of(new SourceContent.Silence(), true).orElseThrow();
        assertThat(SourceRecipe.read(silence)).contains(new SourceContent.Silence());
    }

    @Test
    void whatIsPlayedOnceSpokenOrStreamedIsNot() {
        assertThat(SourceRecipe.of(RAIN, false)).isEmpty();
        assertThat(SourceRecipe.of(new SourceContent.Earcon(new SoundName("rain")), true))
                .isEmpty();
        assertThat(SourceRecipe.of(new SourceContent.SpokenText(SpeechRequest.of("text")), true))
                .isEmpty();
        assertThat(SourceRecipe.of(new SourceContent.StreamedBed(URI.create("http://radio/"), true), true))
                .isEmpty();
    }

    @Test
    void whatIsNoRecipeIsNone() {
        assertThat(SourceRecipe.read("bed:../secret")).isEmpty();
        assertThat(SourceRecipe.read("rain")).isEmpty();
    }
}
