package dev.stentor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {

    private static final String PATTERN = Yaml.read(Path.of("src", "main", "resources", "application.yaml"))
            .at("/logging/pattern/console")
            .asString("%m%n");

    @Test
    void aLineShowsTheValuesThatBelongToItsMessage() {
        var context = new LoggerContext();
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(PATTERN.replace("%wEx", "%ex")); // Spring's name for the same
        layout.start();
        var event = new LoggingEvent(
                "",
                context.getLogger("dev.stentor.archive.Recording"),
                Level.WARN,
                "a recording was given up",
                null,
                null);
        event.addKeyValuePair(new KeyValuePair("reason", "No space left on device"));
        assertThat(layout.doLayout(event))
                .contains("WARN", ": a recording was given up", "reason=\"No space left on device\"")
                .endsWith(System.lineSeparator());
    }
}
