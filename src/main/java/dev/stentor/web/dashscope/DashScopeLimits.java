package dev.stentor.web.dashscope;

import java.time.Duration;

/**
 * The size and time limits of a request to the DashScope-compatible API.
 *
 * @param textCharacters longest text for a model whose own limit the catalogue does not know, in Unicode characters (a Han
 *     character counts once here)
 * @param bodyBytes largest request body, in bytes
 * @param heartbeat time without sound after which a comment is sent. Until the first comment a failure still becomes an HTTP
 *     status. At most twice this time passes without a byte; the official clients give up after 300 s
 * @param stall longest time that a client may leave one frame unread before its connection is closed
 */
public record DashScopeLimits(int textCharacters, int bodyBytes, Duration heartbeat, Duration stall) {

    /** The default limits: 600 characters, 64 KiB, 15 s, 5 min. */
    public static final DashScopeLimits DEFAULT =
            new DashScopeLimits(600, 65_536, Duration.ofSeconds(15), Duration.ofMinutes(5));

    public DashScopeLimits {
        if (textCharacters <= 0) {
            throw new IllegalArgumentException("textCharacters must be positive, was " + textCharacters);
        }
        if (bodyBytes <= 0) {
            throw new IllegalArgumentException("bodyBytes must be positive, was " + bodyBytes);
        }
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("heartbeat must be positive, was " + heartbeat);
        }
        if (!stall.isPositive()) {
            throw new IllegalArgumentException("stall must be positive, was " + stall);
        }
    }
}
