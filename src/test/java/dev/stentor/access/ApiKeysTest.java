package dev.stentor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.testing.Unlimited;
import dev.stentor.usage.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {

    @TempDir
    private Path folder;

    private Path file;

    private final NewKey old = NewKey.named("studio");
    private final NewKey fresh = NewKey.named("studio");

    @BeforeEach
    void name() {
        file = folder.resolve("keys");
    }

    @Test
    void aNewKeyHas256RandomBitsAndItsLineHoldsTheHashOnly() throws IOException {
        assertThat(old.key()).matches("stk_[A-Za-z0-9_-]{43}").isNotEqualTo(fresh.key());
        assertThat(old.line())
                .matches("studio sha256:[0-9a-f]{64} listen=\\* speak=\\* manage=\\*")
                .doesNotContain(old.key());
        assertThat(new ApiKeys(List.of(old.line()), Unlimited.CALLER, null).find(SecretHash.of(old.key())))
                .isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            studio                                      | keep its hash here, never the key itself
            studio secret listen=*                      | keep its hash here, never the key itself
            studio sha256:abc listen=*                  | a SHA-256 has 64 hexadecimal digits
            studio sha256:zz listen=*                   | a SHA-256 has 64 hexadecimal digits
            studio sha256:HASH                          | it has no right
            studio sha256:HASH sing=*                   | a right is written as listen=PATTERN
            studio sha256:HASH listen=                  | a pattern of channels has 1 to 64
            studio sha256:HASH listen=a/b               | a pattern of channels has 1 to 64
            studio sha256:HASH listen=* channels=-1     | the key studio is wrong: channels must not be negative
            studio sha256:HASH listen=* channels=       | the key studio is wrong: its limit channels is not a number
            studio sha256:HASH listen=* characters=5    | a right is written as listen=PATTERN
            ../studio sha256:HASH listen=*              | a key's name has 1 to 64
            """)
    void aMalformedOrWeakKeyIsRefusedWithoutBeingQuoted(String line, String message) {
        String whole = line.replace("HASH", "0".repeat(64));
        assertThatThrownBy(() -> new ApiKeys(List.of(whole), Unlimited.CALLER, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aKeyHasTheLimitsOfItsLineAndThoseOfAllKeysElse() throws IOException {
        String line = old.line() + " characters-per-day=500 listeners=0 requests-per-second=0.5";
        var keys = new ApiKeys(List.of(line), new Limits(1, 2, 100, 3, 4, 5), null);
        assertThat(keys.find(SecretHash.of(old.key())))
                .get()
                .extracting(ApiKey::limits)
                .isEqualTo(new Limits(0.5, 2, 500, 3, 0, 5));
    }

    @Test
    void aKeyInThePlaceOfANameIsNotQuoted() {
        assertThatThrownBy(() -> new ApiKeys(List.of(old.key()), Unlimited.CALLER, null))
                .hasMessageNotContaining(old.key());
    }

    @Test
    void aChangedFileReplacesKeysAndSeveralOfOneNameAreValidAtATime() throws IOException {
        write("# keys of the studio", old.line(), "");
        var keys = new ApiKeys(List.of(), Unlimited.CALLER, file);
        assertThat(isValid(keys, old)).isTrue();
        write(old.line(), fresh.line());
        keys.refresh();
        assertThat(isValid(keys, old)).isTrue();
        assertThat(isValid(keys, fresh)).isTrue();
        write(fresh.line());
        keys.refresh();
        assertThat(isValid(keys, old)).isFalse();
        assertThat(isValid(keys, fresh)).isTrue();
    }

    @Test
    void aFileThatIsGoneOrMalformedLeavesTheKeysThatThereAre() throws IOException {
        write(old.line());
        var keys = new ApiKeys(List.of(), Unlimited.CALLER, file);
        write("rubbish");
        keys.refresh();
        assertThat(isValid(keys, old)).isTrue();
        Files.delete(file);
        keys.refresh();
        assertThat(isValid(keys, old)).isTrue();
    }

    @Test
    void aFileThatIsMissingOrMalformedStopsTheStartWithItsLine() throws IOException {
        assertThatThrownBy(() -> new ApiKeys(List.of(), Unlimited.CALLER, file)).isInstanceOf(IOException.class);
        write(old.line(), "studio short listen=*");
        assertThatThrownBy(() -> new ApiKeys(List.of(), Unlimited.CALLER, file))
                .hasMessageStartingWith("line 2: the key studio");
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private static boolean isValid(ApiKeys keys, NewKey key) {
        return keys.find(SecretHash.of(key.key())).isPresent();
    }
}
