package dev.stentor.web.edge;

import dev.stentor.speech.WholeFile;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpRequest;

/** Where clients find files of the archive: absolute, and good without another credential. Thread-safe. */
public final class FileAddresses {

    private final PublicAddress gateway;
    private final Function<WholeFile.Archived, String> links;

    /** @param links gives path and query of a file's address */
    public FileAddresses(PublicAddress gateway, Function<WholeFile.Archived, String> links) {
        this.gateway = gateway;
        this.links = links;
    }

    /** The address of a file for whoever sent that request. */
    public URI of(HttpRequest request, WholeFile.Archived file) {
        return gateway.of(request, links.apply(file));
    }
}
