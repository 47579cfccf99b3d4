package dev.stentor.testing;

import org.junit.jupiter.api.extension.Extension;
import reactor.blockhound.BlockHound;

/**
 * Turns BlockHound on for all tests of a JVM. Registered by its service file, as an extension: a listener of JUnit's launcher would be made
 * in Maven's own JVM too, which looks for the test classes when several JVMs share them.
 */
public final class BlockingCheck implements Extension {

    static {
        BlockHound.install();
    }
}
