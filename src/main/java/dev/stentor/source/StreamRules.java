package dev.stentor.source;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The operator's rules for streams: only addresses below the allowed ones may be fetched, and none in a private network unless
 * its host is named. Immutable.
 */
public final class StreamRules {

    private static final Pattern ENCODED = Pattern.compile("%(25)*(2e|2f|5c|3b)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOTS_BEFORE_PARAMETER = Pattern.compile("/\\.{1,2};");

    private final List<URI> allowed;
    private final Set<String> privateHosts;

    /**
     * Creates rules.
     *
     * @param allowed allowed addresses: scheme, host and port of a stream must be equal to those of one of them. A path that ends
     *     with a slash allows all paths below it, any other path itself and all paths below it
     * @param privateHosts hosts, as they stand in addresses, that may be in a private network or on this machine
     * @throws IllegalArgumentException if an address is neither http nor https
     */
    public StreamRules(List<URI> allowed, Set<String> privateHosts) {
        allowed.forEach(StreamRules::check);
        this.allowed = List.copyOf(allowed);
        this.privateHosts = Set.copyOf(privateHosts);
    }

    /** Tells whether an address may be fetched. */
    boolean allows(URI address) {
        return isWeb(address)
                && address.getRawUserInfo() == null
                && address.equals(address.normalize())
                && !hidesDots(address)
                && allowed.stream().anyMatch(prefix -> covers(prefix, address));
    }

    /** Tells whether a stream of that host may connect to this address, which the host name resolved to. */
    boolean mayConnect(String host, InetAddress resolved) {
        return AddressRanges.isPublic(resolved) || privateHosts.contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean covers(URI prefix, URI address) {
        String base = path(prefix);
        String path = path(address);
        String below = base.endsWith("/") ? base : base + "/";
        return prefix.getScheme().equalsIgnoreCase(address.getScheme())
                && prefix.getHost().equalsIgnoreCase(address.getHost())
                && port(prefix) == port(address)
                && (path.equals(base) || path.startsWith(below));
    }

    /**
     * Tells whether a server may read the path as one that leaves the allowed path: because of encoded dots, slashes and semicolons,
     * however often they are encoded, or of dots before a parameter, as in {@code /music/..;/private}.
     */
    private static boolean hidesDots(URI address) {
        String path = path(address);
        return ENCODED.matcher(path).find()
                || DOTS_BEFORE_PARAMETER.matcher(path).find();
    }

    private static String path(URI address) {
        String path = address.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static void check(URI prefix) {
        if (!isWeb(prefix) || prefix.getRawUserInfo() != null || prefix.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "an allowed stream must be http or https, with a host and no user or query");
        }
    }

    private static boolean isWeb(URI address) {
        boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        return web && address.getHost() != null;
    }
}
