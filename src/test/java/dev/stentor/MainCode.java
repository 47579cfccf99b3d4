package dev.stentor;

import dev.stentor.audio.SpeechTime;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** Access to the house's own code, without tests, for the tests of its walls. Stateless. */
final class MainCode {

    private MainCode() {}

    /** Returns the folder of the main code's class files, whether Maven compiled them or another program. */
    static Path classes() {
        return folder(SpeechTime.class);
    }

    /** Returns the folder of the tests' class files. */
    static Path testClasses() {
        return folder(MainCode.class);
    }

    /** Reads the main code's source files. */
    static List<JavaSource> sources() {
        return JavaSource.below("src/main/java/dev");
    }

    private static Path folder(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
