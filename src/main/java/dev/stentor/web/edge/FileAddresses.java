package dev.stentor.web.edge;

import dev.stentor.speech.WholeFile;
import java.time.Instant;
import java.util.function.Function;
import org.springframework.http.HttpRequest;
import reactor.core.publisher.Mono;

/** The addresses of archived files for clients: absolute URLs that need no further credential. Thread-safe. */
public final class FileAddresses {

    private final PublicAddress gateway;
    private final Function<WholeFile.Archived, Mono<Link>> links;

    /**
     * The address of a file.
     *
     * @param address path and query on this gateway, or absolute
     * @param expires end of the time in which it can be used, in whole seconds
     */
    public record Link(String address, Instant expires) {}

    /**
     * Creates the addresses of files on a gateway.
     *
     * @param links function that gives a new link to a file, on this gateway; empty if the file is gone
     */
    public FileAddresses(PublicAddress gateway, Function<WholeFile.Archived, Mono<Link>> links) {
        this.gateway = gateway;
        this.links = links;
    }

    /**
     * Returns a new absolute address of a file, as the sender of the request can reach it, which can be used for a full lifetime from now.
     * Empty if the file is gone. Asks for the link once it is subscribed to.
     */
    public Mono<Link> of(HttpRequest request, WholeFile.Archived file) {
        return Mono.defer(() -> links.apply(file))
                .map(link -> new Link(gateway.of(request, link.address()).toString(), link.expires()));
    }
}
