package dev.stentor.app;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An analyzer that reports an unusable archive folder in two sentences, where Spring would print a stack trace. Registered in
 * {@code META-INF/spring.factories}.
 */
class ArchiveUnusableAnalyzer extends AbstractFailureAnalyzer<ArchiveUnusableAnalyzer.ArchiveUnusable> {

    /** The failure to use the archive's folder: it cannot be read or written, or another gateway uses it. */
    static final class ArchiveUnusable extends RuntimeException {
        ArchiveUnusable(Path directory, IOException cause) {
            super("gateway.archive.directory, " + directory.toAbsolutePath() + ", cannot be used: " + cause, cause);
        }
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ArchiveUnusable cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set gateway.archive.directory to a folder that this gateway alone may write, or gateway.archive.max-size=0 to keep"
                        + " no recordings.",
                cause);
    }
}
