package dev.stentor.speech.local;

import dev.stentor.speech.Voice;

/**
 * A variant of the one embedded voice.
 *
 * @param name name of the voice, by which it can be requested
 * @param sex sex that it sounds like
 * @param addedPitchHz change of the pitch in Hz; its median moves by as much
 * @param throat factor for the resonances: above 1 is a shorter throat, below 1 a longer one
 * @param note a few words about its character
 */
record Persona(String name, Voice.Sex sex, double addedPitchHz, double throat, String note) {

    Persona {
        if (!(Math.abs(addedPitchHz) <= 100) || !(throat >= 0.5 && throat <= 2)) {
            throw new IllegalArgumentException("addedPitchHz must be within 100 and throat from 0.5 to 2, were "
                    + addedPitchHz + " and " + throat);
        }
    }
}
