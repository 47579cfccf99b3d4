package dev.stentor.speech.local;

import dev.stentor.speech.Voice;

/**
 * A way to bend the one embedded voice.
 *
 * @param name the voice under which it can be asked for
 * @param sex that it sounds like
 * @param addedPitchHz added to the pitch; moves its median by as much
 * @param throat factor on the resonances: above 1 is a shorter throat, below 1 a longer one
 * @param note a few words on its character
 */
record Persona(String name, Voice.Sex sex, double addedPitchHz, double throat, String note) {

    Persona {
        if (!(Math.abs(addedPitchHz) <= 100) || !(throat >= 0.5 && throat <= 2)) {
            throw new IllegalArgumentException("addedPitchHz must be within 100 and throat from 0.5 to 2, were "
                    + addedPitchHz + " and " + throat);
        }
    }
}
