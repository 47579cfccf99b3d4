package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"lobby", "Lobby-2", "a", "7", "hall.north_east"})
    void aPlainNameIsOne(String name) {
        assertThat(new ChannelName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", ".", "..", "a b", "a/b", "ä", "a\n", "{}"})
    void whatCouldConfuseAnAddressIsNone(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChannelName(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100_000})
    void aLongNameIsNone(int length) {
        assertThat(ChannelName.isValid("a".repeat(length))).isFalse();
    }
}
