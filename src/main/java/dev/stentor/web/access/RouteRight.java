package dev.stentor.web.access;

import dev.stentor.access.Action;
import dev.stentor.access.Reach;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The right that the requests to one address need.
 *
 * @param method the method; null means all that no earlier line names
 * @param path pattern of the address; its variable {@code channel} is the channel that is concerned
 * @param elsewhere the channels that are concerned if the address names none
 * @param audited whether a request changes something, or costs something, so that it is written down
 */
record RouteRight(@Nullable HttpMethod method, PathPattern path, Action action, Reach elsewhere, boolean audited) {

    /** An address that was recognised, with its channels. */
    record Match(RouteRight right, Reach reach) {}

    static RouteRight of(@Nullable HttpMethod method, String path, Action action) {
        Reach elsewhere = action == Action.BROWSE ? new Reach.SomeChannel() : new Reach.AllChannels();
        boolean audited = !HttpMethod.GET.equals(method);
        return new RouteRight(method, PathPatternParser.defaultInstance.parse(path), action, elsewhere, audited);
    }

    /** Returns a copy for addresses that name no channel, and that everybody may use who has the right for some channel. */
    RouteRight forSomeChannel() {
        return new RouteRight(method, path, action, new Reach.SomeChannel(), audited);
    }

    /** Returns a copy for requests that change nothing, but cost something. */
    RouteRight withAudit() {
        return new RouteRight(method, path, action, elsewhere, true);
    }

    /** Returns what a request to that path needs; null if this is not its address. A HEAD is a GET. */
    @Nullable Match match(HttpMethod asked, PathContainer address) {
        if (method != null && !method.equals(HttpMethod.HEAD.equals(asked) ? HttpMethod.GET : asked)) {
            return null;
        }
        PathPattern.PathMatchInfo found = path.matchAndExtract(address);
        if (found == null) {
            return null;
        }
        String channel = found.getUriVariables().get("channel");
        return new Match(this, channel == null ? elsewhere : new Reach.OneChannel(channel));
    }

    /** Returns the method and the pattern, for the audit log. */
    String description(HttpMethod asked) {
        return asked.name() + " " + path.getPatternString();
    }
}
