package dev.stentor.speech.http;

import java.net.URI;

/**
 * The base address of a service.
 *
 * @param base http or https, up to and including the path with which all its addresses begin; a final slash is the same as none
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

    /** Returns the address of a path below the base; the path begins with a slash. */
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
