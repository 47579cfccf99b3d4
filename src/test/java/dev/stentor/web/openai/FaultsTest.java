package dev.stentor.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.netty.channel.AbortedException;

class FaultsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Faults.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void anUnexpectedErrorIsOneLineWithoutItsMessage() {
        assertThat(Faults.of("request-1", new IllegalStateException("the user's text")))
                .isEqualTo(Fault.internal());
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).doesNotContain("the user's text");
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getKeyValuePairs().toString())
                    .contains("request-1", "IllegalStateException", "FaultsTest")
                    .doesNotContain("the user's text");
        });
    }

    @Test
    void whatTheClientDidWrongIsNotLogged() {
        var wrong = new SpeechException(new SpeechFailure.InvalidInput("text", "Unknown."));
        assertThat(Faults.of("r", wrong).param()).isEqualTo("input");
        assertThat(Faults.of("r", new AbortedException("Connection has been closed"))
                        .status())
                .isEqualTo(400);
        assertThat(log.list).isEmpty();
    }

    @Test
    void whatTheUpstreamDidWrongIsLoggedByItsCode() {
        var silent = new SpeechException(new SpeechFailure.Silent(Duration.ofSeconds(1), 0));
        assertThat(Faults.of("request-1", silent))
                .isEqualTo(
                        new Fault(504, "The speech service gave nothing for 1000 ms.", null, "UpstreamSilent", null));
        assertThat(log.list)
                .singleElement()
                .satisfies(
                        line -> assertThat(line.getKeyValuePairs().toString()).contains("request-1", "UpstreamSilent"));
    }
}
