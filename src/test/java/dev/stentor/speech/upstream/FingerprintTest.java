package dev.stentor.speech.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final byte[] SOUND = Signals.selfIndexing(20_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 960, 4_799, 4_800, 4_801, 10_000, 20_000})
    void theSameSoundAgreesHoweverItIsCut(int samples) {
        Fingerprint whole = of(SOUND, 0, SOUND.length);
        var other = new Fingerprint();
        Signals.chunks(Arrays.copyOf(SOUND, samples * 2), 701).forEach(other::add);
        assertThat(other.agreesWith(whole)).isTrue();
        assertThat(other.agreesWith(of(SOUND, 0, samples * 2))).isTrue();
    }

    @Test
    void anotherSoundIsKnownAfterAFifthOfASecond() {
        byte[] other = SOUND.clone();
        other[100]++;
        Fingerprint whole = of(SOUND, 0, SOUND.length);
        assertThat(of(other, 0, 9_598).agreesWith(whole)).isTrue();
        assertThat(of(other, 0, 9_600).agreesWith(whole)).isFalse();
    }

    @Test
    void anotherSoundIsKnownAtTheEndAtTheLatest() {
        byte[] other = SOUND.clone();
        other[SOUND.length - 1]++;
        assertThat(of(other, 0, SOUND.length).agreesWith(of(SOUND, 0, SOUND.length)))
                .isFalse();
    }

    @Test
    void theBufferIsNotMoved() {
        ByteBuffer buffer = ByteBuffer.wrap(SOUND).position(2).asReadOnlyBuffer();
        new Fingerprint().add(buffer);
        assertThat(buffer.position()).isEqualTo(2);
    }

    private static Fingerprint of(byte[] sound, int from, int length) {
        var fingerprint = new Fingerprint();
        fingerprint.add(ByteBuffer.wrap(sound, from, length));
        return fingerprint;
    }
}
