package dev.stentor.whole;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The player's browser tests, at the same time as the other tests of the whole way: most of their time is spent listening. */
class BrowserIT {

    @Test
    void thePlayersBrowserTestsPass() throws Exception {
        Npm.run("browser-tests", Duration.ofMinutes(8), "run", "test:browser");
    }
}
