package dev.stentor.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody wants to do, and all that is looked at to decide.
 *
 * @param address the client's address; null if it is not known
 */
public record Attempt(
        Credential credential, PageOrigin page, @Nullable InetAddress address, Action action, Reach reach) {}
