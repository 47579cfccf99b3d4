package dev.stentor.web.dashscope;

import dev.stentor.speech.dashscope.DashScopeSettings;
import dev.stentor.speech.dashscope.DashScopeVoices;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.web.TestServer;
import dev.stentor.web.edge.Spool;
import dev.stentor.web.edge.SpoolFiles;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import reactor.core.scheduler.Schedulers;

/** The compatible API for making voices, with a stub of the service behind it. */
final class CustomizationStage implements AutoCloseable {

    final StubService service;
    final CustomVoices voices;
    final TestServer server;
    private final DashScopeVoices studio;
    private final Spool spool =
            new Spool(4, Duration.ofSeconds(10), Schedulers.boundedElastic(), Schedulers.parallel());

    CustomizationStage(Map<String, StubService.Answer> answers) {
        service = new StubService(answers);
        studio = new DashScopeVoices(
                DashScopeSettings.of(URI.create(service.base()), "sk-own"),
                Duration.ofSeconds(20),
                Schedulers.parallel());
        voices = new CustomVoices(List.of(studio), Duration.ofMinutes(1), Schedulers.parallel());
        server = new TestServer(new CustomizationApi(voices, spool, () -> "request-1").routes());
    }

    @Override
    public void close() {
        server.close();
        Awaitility.await().until(() -> SpoolFiles.in(spool) == 0);
        studio.close();
        service.close();
    }
}
