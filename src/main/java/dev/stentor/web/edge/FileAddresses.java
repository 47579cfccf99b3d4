package dev.stentor.web.edge;

import dev.stentor.speech.WholeFile;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpRequest;

/** The addresses of archived files for clients: absolute URLs that need no further credential. Thread-safe. */
public final class FileAddresses {

    private final PublicAddress gateway;
    private final Function<WholeFile.Archived, String> links;

    /**
     * Creates the addresses of files on a gateway.
     *
     * @param links function that returns path and query of a file's address
     */
    public FileAddresses(PublicAddress gateway, Function<WholeFile.Archived, String> links) {
        this.gateway = gateway;
        this.links = links;
    }

    /** Returns the absolute address of a file, as the sender of the request can reach it. */
    public URI of(HttpRequest request, WholeFile.Archived file) {
        return gateway.of(request, links.apply(file));
    }
}
