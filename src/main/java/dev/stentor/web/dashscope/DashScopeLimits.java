package dev.stentor.web.dashscope;

import java.time.Duration;

/**
 * What one request of the compatible API may take, and how long it may wait.
 *
 * @param textCharacters longest text for a model whose own limit the catalogue does not know, in Unicode characters (a Han
 *     character counts once here)
 * @param bodyBytes largest request body, in bytes
 * @param heartbeat how long an answer may stay silent before a comment is sent, and until the first of which a failure still
 *     becomes a real HTTP status; never longer than twice this passes without a byte. The official clients give up after 300 s
 * @param stall how long a client may leave one frame unread before it is cut off
 */
public record DashScopeLimits(int textCharacters, int bodyBytes, Duration heartbeat, Duration stall) {

    /** 600 characters, 64 KiB, 15 s, 5 min. */
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
