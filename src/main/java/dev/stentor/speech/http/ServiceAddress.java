package dev.stentor.speech.http;

import java.net.URI;

/**
 * Where a service lives.
 *
 * @param base http or https, up to and including the path that all its addresses begin with; a final slash is the same as none
 */
public record ServiceAddress(URI base) {

    public ServiceAddress {
        String scheme = base.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        // The URL itself stays out of the messages: it may hold a password.
        require(web && base.getHost() != null, "baseUrl must be http or https, with a host");
        require(base.getRawUserInfo() == null, "baseUrl must not hold a user");
        require(base.getRawQuery() == null && base.getRawFragment() == null, "baseUrl must end with its path");
    }

    /** The address of a path below it, which begins with a slash. */
    public String at(String path) {
        String start = base.toASCIIString();
        return (start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + path;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
