package dev.stentor.web.listen;

import java.time.Duration;

/**
 * The deadlines of a listening connection.
 *
 * @param hello the time until the client must have said hello
 * @param ping the time between two pings; two unanswered ones end the connection
 * @param close the time after a close frame until the connection is cut
 */
public record ListenTimes(Duration hello, Duration ping, Duration close) {

    /** Returns 5 s, 20 s and 2 s. */
    public static ListenTimes standard() {
        return new ListenTimes(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(2));
    }
}
