package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonStringStreamTest {

    @Test
    void everyEscapeIsTheCharacterThatJsonMeans() throws IOException {
        assertThat(read("a\\n\\r\\t\\b\\f\\/\\\\\\\"\\u002bz\", \"next\"")).isEqualTo("a\n\r\t\b\f/\\\"+z");
    }

    @Test
    void aStringWithoutItsEndIsCutOff() {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read("abc"));
    }

    private static String read(String json) throws IOException {
        try (InputStream string =
                new JsonStringStream(new ByteArrayInputStream(json.getBytes(StandardCharsets.US_ASCII)))) {
            return new String(string.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
