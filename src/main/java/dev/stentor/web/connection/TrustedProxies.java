package dev.stentor.web.connection;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proxies whose headers are believed, by their networks. Their clients are known by the right-most address that is no trusted proxy
 * itself: everything left of it may be invented by the client. From all others the headers are ignored. Immutable, thread-safe.
 */
public final class TrustedProxies {

    /** Proxies of which none is trusted. */
    static final TrustedProxies NONE = new TrustedProxies(List.of(), Header.X_FORWARDED);

    private static final int MOST_HOPS = 32;
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._~-]{1,255}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile("(?<=^[0-9.]{7,15}):[0-9]{1,5}$|(?<=]):[0-9]{1,5}$");

    private final List<IpSubnetFilterRule> networks;
    private final Header header;

    /** The headers in which the proxies tell of their clients. One family only: a proxy passes the other one on as clients send it. */
    public enum Header {
        /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. */
        X_FORWARDED,
        /** {@code Forwarded}, RFC 7239. */
        FORWARDED
    }

    /**
     * Request as the client sent it to the proxy.
     *
     * @param client address of the client
     * @param scheme scheme of the address that the client used; null if the proxy does not tell
     * @param host host of that address, with its port if that is not the scheme's own; null if the proxy does not tell
     */
    public record Origin(
            InetAddress client,
            @Nullable String scheme,
            @Nullable String host) {}

    /**
     * Creates the set of proxies. Throws {@link IllegalArgumentException} if a network is none.
     *
     * @param networks addresses, or networks such as {@code 10.0.0.0/8}
     */
    public TrustedProxies(Collection<String> networks, Header header) {
        this.networks = networks.stream().map(TrustedProxies::network).toList();
        this.header = header;
    }

    /** Tells whether an address is one of these proxies. */
    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.matches(new InetSocketAddress(address, 0)));
    }

    /**
     * Returns where a request comes from, by its headers; null if its sender is no trusted proxy, or if a header cannot be understood.
     *
     * @param peer address at the other end of the connection
     */
    public @Nullable Origin originOf(InetAddress peer, HttpHeaders headers) {
        if (!contains(peer)) {
            return null;
        }
        return switch (header) {
            case X_FORWARDED -> {
                List<String> scheme = values(headers, "X-Forwarded-Proto");
                List<String> host = values(headers, "X-Forwarded-Host");
                yield origin(
                        values(headers, "X-Forwarded-For"),
                        scheme.isEmpty() ? null : scheme.getLast(),
                        host.isEmpty() ? null : host.getLast());
            }
            case FORWARDED -> forwarded(values(headers, "Forwarded"));
        };
    }

    private @Nullable Origin forwarded(List<String> hops) {
        String last = hops.isEmpty() ? "" : hops.getLast();
        return origin(
                hops.stream().map(hop -> parameter(hop, "for")).toList(),
                nullIfEmpty(parameter(last, "proto")),
                nullIfEmpty(parameter(last, "host")));
    }

    private @Nullable Origin origin(List<String> hops, @Nullable String scheme, @Nullable String host) {
        InetAddress client = client(hops);
        if (client == null) {
            return null;
        }
        String knownScheme = scheme == null ? null : scheme.toLowerCase(Locale.ROOT);
        boolean isScheme = knownScheme != null && List.of("http", "https").contains(knownScheme);
        boolean isHost = host != null && HOST.matcher(host).matches();
        return new Origin(client, isScheme ? knownScheme : null, isHost ? host : null);
    }

    /** Returns the right-most address that is no trusted proxy; if all are trusted, the first one. */
    private @Nullable InetAddress client(List<String> hops) {
        InetAddress found = null;
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS); i--) {
            InetAddress hop = address(hops.get(i));
            if (hop == null) {
                return found;
            }
            found = hop;
            if (!contains(hop)) {
                return found;
            }
        }
        return found;
    }

    private static List<String> values(HttpHeaders headers, String name) {
        var values = new ArrayList<String>();
        headers.getAll(name)
                .forEach(line ->
                        Arrays.stream(line.split(",")).map(String::strip).forEach(values::add));
        return values;
    }

    /** Returns a parameter of one hop of {@code Forwarded}, without quotes; empty if it is not there. */
    private static String parameter(String hop, String name) {
        return Arrays.stream(hop.split(";"))
                .map(String::strip)
                .filter(pair -> pair.regionMatches(true, 0, name + "=", 0, name.length() + 1))
                .map(pair -> pair.substring(name.length() + 1).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    /** Returns an address, which may have a port behind it or brackets around it; null if it is none. Never asks a name server. */
    private static @Nullable InetAddress address(String text) {
        String bare = PORT.matcher(text).replaceFirst("").replaceAll("^\\[|]$", "");
        return NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare)
                ? NetUtil.createInetAddressFromIpAddressString(bare)
                : null;
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("a network is an address with an optional prefix length, was " + text);
        }
        int longest = address.getAddress().length * 8;
        int prefix = slash < 0 ? longest : prefix(text.substring(slash + 1), longest, text);
        return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
    }

    private static int prefix(String text, int longest, String whole) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= longest) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("a prefix length is 0 to " + longest + ", was " + whole);
    }
}
