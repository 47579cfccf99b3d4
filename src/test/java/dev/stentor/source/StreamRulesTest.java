package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRulesTest {

    private static final StreamRules RULES = new StreamRules(
            List.of(
                    URI.create("https://radio.example/live/"),
                    URI.create("http://radio.example:8000/one.wav"),
                    URI.create("https://whole.example")),
            Set.of("studio.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://radio.example/live/", "https://radio.example/live/x.ogg?a=b",
                        "https://RADIO.example:443/live/x",
                "http://radio.example:8000/one.wav", "http://radio.example:8000/one.wav?x", "https://whole.example",
                "https://whole.example/anything"
            })
    void whatBeginsLikeAnAllowedAddressIsAllowed(String address) {
        assertThat(RULES.allows(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://radio.example/live/x",
                "https://radio.example:8443/live/x",
                "https://radio.example/liver",
                "https://radio.example/",
                "https://radio.example/live/../secret",
                "https://radio.example/live/%2e%2e/secret",
                "https://radio.example/live/..%2fsecret",
                "https://radio.example/live/..;/secret",
                "https://radio.example/live/..;a=b/secret",
                "https://radio.example/live/.;/secret",
                "https://radio.example/live/..%3b/secret",
                "https://radio.example/live/%252e%252e/secret",
                "https://radio.example/live/%25252e%25252e%25252fsecret",
                "https://radio.example.evil.example/live/",
                "https://evil.example/?https://radio.example/live/",
                "https://user@radio.example/live/",
                "http://radio.example:8000/one.wave",
                "file:///etc/passwd",
                "about:blank",
                "ftp://whole.example/x",
                "https:opaque",
                "//whole.example/x"
            })
    void nothingElseIs(String address) {
        assertThat(RULES.allows(URI.create(address))).isFalse();
    }

    @Test
    void withoutAListNothingIs() {
        assertThat(new StreamRules(List.of(), Set.of()).allows(URI.create("https://radio.example/")))
                .isFalse();
    }

    @Test
    void privateAddressesAreForHostsThatAreNamedAlone() throws UnknownHostException {
        InetAddress own = InetAddress.getByName("192.168.1.5");
        assertThat(RULES.mayConnect("Studio.example", own)).isTrue();
        assertThat(RULES.mayConnect("radio.example", own)).isFalse();
        assertThat(RULES.mayConnect("radio.example", InetAddress.getByName("1.1.1.1")))
                .isTrue();
    }

    @Test
    void aRuleIsAWebAddressWithAHost() {
        for (String wrong : List.of("radio.example", "file:///x", "https:///x", "https://u:p@radio.example/")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new StreamRules(List.of(URI.create(wrong)), Set.of()));
        }
    }
}
