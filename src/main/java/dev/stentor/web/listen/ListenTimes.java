package dev.stentor.web.listen;

import java.time.Duration;

/**
 * How long a listening connection is waited for.
 *
 * @param hello until the client says hello
 * @param ping between two pings; two unanswered ones end the connection
 * @param close after a close frame, until the connection is cut
 */
public record ListenTimes(Duration hello, Duration ping, Duration close) {

    /** 5 s, 20 s and 2 s. */
    public static ListenTimes standard() {
        return new ListenTimes(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(2));
    }
}
