package dev.stentor.testing;

import java.util.List;
import org.junit.jupiter.api.extension.Extension;
import reactor.blockhound.BlockHound;

/**
 * Turns BlockHound on for all tests of a JVM. Registered by its service file, as an extension: a listener of JUnit's launcher would be made
 * in Maven's own JVM too, which looks for the test classes when several JVMs share them.
 */
public final class BlockingCheck implements Extension {

    /** What virtual time keeps its tasks in. Its lock is held for one insertion; only tests have it. */
    private static final String VIRTUAL_TIME = "java.util.concurrent.PriorityBlockingQueue";

    /** Where the JDK reads random numbers for a new TLS context. The file is the kernel's, and reading it does not wait. */
    private static final String RANDOM = "sun.security.provider.NativePRNG$RandomIO";

    static {
        BlockHound.install(builder -> {
            List.of("add", "offer", "peek", "poll", "remove", "size", "isEmpty")
                    .forEach(method -> builder.allowBlockingCallsInside(VIRTUAL_TIME, method));
            builder.allowBlockingCallsInside(RANDOM, "readFully");
        });
    }
}
