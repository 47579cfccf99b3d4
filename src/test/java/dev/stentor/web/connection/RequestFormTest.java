package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFormTest {

    private static final String PLAIN = "abzAZ019/-._~?&=";

    @Test
    void whatIsTakenWithoutAParserIsAPathForTheParserToo() {
        var random = new Random(58);
        for (int i = 0; i < 2_000; i++) {
            var target = new StringBuilder("/");
            for (int length = random.nextInt(12); length > 0; length--) {
                target.append(PLAIN.charAt(random.nextInt(PLAIN.length())));
            }
            assertThat(faultOf(target.toString(), "localhost")).as("%s", target).isNull();
            assertThat(URI.create("/a" + target).getRawFragment())
                    .as("%s", target)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1/channels/lobby/listen?ticket=a.b-c",
                "/%E4%B8%80",
                "//v1",
                "/a;b=c",
                "http://localhost/v1",
                "*"
            })
    void addressesOfThisHostPass(String target) {
        assertThat(faultOf(target, "localhost")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a#b", "/%zz", "/a|b", "v1", "http://elsewhere/v1"})
    void allOthersAreRefused(String target) {
        assertThat(code(faultOf(target, "localhost"))).isEqualTo("InvalidAddress");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "127.0.0.1:8080", "a-b.example:65535", "[::1]:80", "a_b", "x%41:1"})
    void hostsPass(String host) {
        assertThat(faultOf("/v1", host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:",
                "localhost:65536",
                "localhost:123456",
                "localhost:8x",
                "a:b:1",
                "a b",
                "a/b",
                ":x",
                "a:-1"
            })
    void namesThatAreNoneAreRefused(String host) {
        assertThat(code(faultOf("/v1", host))).isEqualTo("InvalidHost");
    }

    private static @Nullable String code(@Nullable RequestFault fault) {
        return fault == null ? null : fault.code();
    }

    private static @Nullable RequestFault faultOf(String target, String host) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        request.headers().set(HttpHeaderNames.HOST, host);
        return RequestForm.faultOf(request);
    }
}
