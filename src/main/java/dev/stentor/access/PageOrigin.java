package dev.stentor.access;

import org.jspecify.annotations.Nullable;

/**
 * The page that sent a request, as browsers tell it; programs tell nothing.
 *
 * @param origin the header {@code Origin}; null if there is none
 * @param host the header {@code Host}, the gateway's own name to the page; null if there is none
 * @param site the header {@code Sec-Fetch-Site}, which also requests have that carry no origin; null if there is none
 * @param openedByLink whether the user opened the address itself in a window
 */
public record PageOrigin(
        @Nullable String origin,
        @Nullable String host,
        @Nullable String site,
        boolean openedByLink) {

    /** Returns the origin of a program. */
    static PageOrigin none() {
        return new PageOrigin(null, null, null, false);
    }
}
