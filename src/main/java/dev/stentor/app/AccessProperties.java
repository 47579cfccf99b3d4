package dev.stentor.app;

import dev.stentor.access.Rights;
import dev.stentor.access.TicketSettings;
import dev.stentor.access.TokenSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rules of access, under {@code gateway.access}. As long as there is neither a key, a file of keys, an issuer of tokens nor a
 * right of the anonymous, there are no rules.
 *
 * @param open whether a gateway without rules may be bound to other addresses than loopback; default false
 * @param keys keys, each as the line that {@code --new-key} prints; default none
 * @param keyFile file with more of them, one a line, read again when it changes; null means none
 * @param keyFileCheck time between two looks at that file, must be positive; default 5 s
 * @param anonymous rights of those who show no credential; default none
 * @param jwt issuer of signed tokens; default none
 * @param tickets bounds of tickets
 * @param failuresPerMinute wrong credentials of one address before it is told to wait; default 10; 0 means no limit
 */
record AccessProperties(
        @DefaultValue("false") boolean open,
        @DefaultValue List<String> keys,
        @Nullable Path keyFile,
        @DefaultValue("5s") Duration keyFileCheck,
        @DefaultValue Anonymous anonymous,
        @DefaultValue Jwt jwt,
        @DefaultValue TicketLimits tickets,
        @DefaultValue("10") int failuresPerMinute) {

    AccessProperties {
        if (failuresPerMinute < 0) {
            throw new IllegalArgumentException(
                    "gateway.access.failures-per-minute must not be negative, was " + failuresPerMinute);
        }
        if (!keyFileCheck.isPositive()) {
            throw new IllegalArgumentException("gateway.access.key-file-check must be positive, was " + keyFileCheck);
        }
    }

    /** Tells whether there is any rule. */
    boolean hasRules() {
        return !keys.isEmpty()
                || keyFile != null
                || jwt.keys() != null
                || !anonymous.rights().isEmpty();
    }

    /** Returns the values without keys, which are hashes, but nobody's business. */
    @Override
    public String toString() {
        return "AccessProperties[open=" + open + ", keys=" + keys.size() + ", keyFile=" + keyFile + "]";
    }

    /**
     * Rights of those who show no credential, as patterns of channels in which {@code *} stands for anything.
     *
     * @param listen channels that they may hear; default none
     * @param speak channels on which they may speak; default none
     * @param manage channels that they may manage; default none
     */
    record Anonymous(
            @DefaultValue Set<String> listen,
            @DefaultValue Set<String> speak,
            @DefaultValue Set<String> manage) {
        Rights rights() {
            return Rights.of(listen, speak, manage);
        }
    }

    /**
     * The issuer of signed tokens (JWT).
     *
     * @param keys address of its public keys (JWKS); null means that no tokens are accepted
     * @param issuer value of {@code iss}; must be given with the address
     * @param audience value that {@code aud} holds; must be given with the address
     * @param claim name of the claim with the rights; default stentor
     */
    record Jwt(
            @Nullable URI keys,
            @DefaultValue("") String issuer,
            @DefaultValue("") String audience,
            @DefaultValue("stentor") String claim) {

        /** Returns the settings; null if no tokens are accepted. */
        @Nullable TokenSettings settings() {
            return keys == null ? null : new TokenSettings(keys, issuer, audience, claim);
        }
    }

    /**
     * Bounds of tickets.
     *
     * @param max tickets that may be open at the same time, must be positive; default 10,000
     * @param once lifetime of a ticket for one use, must be positive; default 30 s
     * @param longest longest lifetime of a ticket for many uses, must be positive; default 24 h
     */
    record TicketLimits(
            @DefaultValue("10000") int max,
            @DefaultValue("30s") Duration once,
            @DefaultValue("24h") Duration longest) {
        TicketSettings settings() {
            return new TicketSettings(max, once, longest);
        }
    }
}
