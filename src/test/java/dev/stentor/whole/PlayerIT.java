package dev.stentor.whole;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The gates of {@code web-demo} that need no browser. */
class PlayerIT {

    @Test
    void thePlayerIsFormattedAndItsTypesAgree() throws Exception {
        Npm.run("check", Duration.ofMinutes(3), "run", "check");
    }

    @Test
    void thePlayersUnitTestsPass() throws Exception {
        Npm.run("unit-tests", Duration.ofMinutes(3), "test");
    }
}
