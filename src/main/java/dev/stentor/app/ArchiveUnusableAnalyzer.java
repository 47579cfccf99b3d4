package dev.stentor.app;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with the folder, where Spring would print the way to it. Named in {@code META-INF/spring.factories}. */
class ArchiveUnusableAnalyzer extends AbstractFailureAnalyzer<ArchiveUnusableAnalyzer.ArchiveUnusable> {

    /** The archive's folder cannot be read or written, or another gateway has it. */
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
