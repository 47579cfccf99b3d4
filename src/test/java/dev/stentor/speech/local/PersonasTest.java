package dev.stentor.speech.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.QwenCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonasTest {

    private final Personas personas = new Personas();

    @Test
    void everyQwenVoiceHasAStandInOfItsSexOrAChild() {
        assertThat(QwenCatalogue.standard().voices())
                .allSatisfy(voice -> assertThat(personas.of(voice.name()))
                        .hasValueSatisfying(persona -> assertThat(persona.sex() == voice.sex()
                                        || persona.name().equals("slt-child"))
                                .isTrue()));
    }

    @Test
    void thereAreTenAndNoTwoSoundTheSame() {
        assertThat(personas.own()).hasSize(10);
        assertThat(personas.own())
                .extracting(persona -> List.of(persona.addedPitchHz(), persona.throat()))
                .doesNotHaveDuplicates();
        assertThat(personas.own())
                .allSatisfy(persona -> assertThat(personas.of(persona.name())).contains(persona));
    }

    @Test
    void noNameMeansTheVoiceAsItIs() {
        assertThat(personas.of(null)).isEqualTo(personas.of("slt")).hasValueSatisfying(persona -> {
            assertThat(persona.addedPitchHz()).isZero();
            assertThat(persona.throat()).isEqualTo(1);
        });
    }

    @Test
    void anUnknownNameHasNone() {
        assertThat(personas.of("cherry")).isEmpty();
        assertThat(personas.of("")).isEmpty();
    }

    @Test
    void valuesThatWouldRuinTheVoiceAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Persona("x", Voice.Sex.MALE, -150, 1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Persona("x", Voice.Sex.MALE, 0, Double.NaN, ""));
    }
}
