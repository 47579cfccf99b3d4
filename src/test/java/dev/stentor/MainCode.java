package dev.stentor;

import dev.stentor.audio.SpeechTime;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The house's own code, without tests, as the tests of its walls read it. Stateless. */
final class MainCode {

    private MainCode() {}

    /** Returns the folder of its class files, be they compiled by Maven or otherwise. */
    static Path classes() {
        return folder(SpeechTime.class);
    }

    /** Returns the folder of the tests' class files. */
    static Path testClasses() {
        return folder(MainCode.class);
    }

    /** Reads its source files. */
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
