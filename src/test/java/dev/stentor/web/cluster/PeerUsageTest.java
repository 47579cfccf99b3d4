package dev.stentor.web.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.ClusterNode;
import dev.stentor.usage.Charge;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.OtherUsage;
import dev.stentor.usage.Service;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageStats;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Counts that one node asks of the others, over real sockets. */
class PeerUsageTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final Service CLOUD = new Service("a model & more", "cloud");

    private final PeerClient client = new PeerClient(new PeerSecret("a secret of sixteen bytes or more"));
    private final LocalQuotas there =
            new LocalQuotas(() -> Instant.parse("2026-03-01T12:00:00Z"), () -> 0, null, UsageStats.NONE);
    private final UsageAnswers answers = new UsageAnswers(there, Schedulers.parallel());
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(
                            exchange -> answers.answer(exchange.getRequest(), exchange.getResponse()))
                    .codecConfigurer(ServerCodecConfigurer.create())
                    .build()))
            .bindNow();

    @AfterEach
    void close() {
        client.close();
        server.disposeNow();
    }

    private OtherUsage.Answers ask(UsageQuery query, ClusterNode... nodes) {
        var usage = new PeerUsage(Mono.just(List.of(nodes)), client);
        return Objects.requireNonNull(usage.usage(query).block(Duration.ofSeconds(20)));
    }

    private ClusterNode node() {
        return new ClusterNode("there", "http://127.0.0.1:" + server.port());
    }

    @Test
    void theRowsOfEachNodeThatAnswersComeAndTheOthersAreCounted() throws Exception {
        int unused;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = free.getLocalPort();
        }
        Charge.accepted("studio", there, 0).paid(CLOUD, 12);
        Charge.accepted("stage", there, 0).paid(CLOUD, 5);
        var query = new UsageQuery(TODAY, TODAY, "studio", CLOUD.model(), null);
        OtherUsage.Answers told = ask(query, node(), new ClusterNode("gone", "http://127.0.0.1:" + unused));
        assertThat(told.rows()).isEqualTo(there.usage(query).block()).hasSize(1);
        assertThat(List.of(told.answered(), told.missing())).containsExactly(1, 1);
    }

    @Test
    void withoutOtherNodesThereIsNothingToAdd() {
        OtherUsage.Answers told = ask(new UsageQuery(TODAY, TODAY, null, null, null));
        assertThat(told).isEqualTo(new OtherUsage.Answers(List.of(), 0, 0));
    }
}
