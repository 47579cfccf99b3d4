package dev.stentor.web.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.upstream.UpstreamStats;
import dev.stentor.speech.upstream.UpstreamStats.State;
import dev.stentor.web.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamsApiTest {

    private final List<UpstreamStats> upstreams = new ArrayList<>();

    @Test
    void eachUpstreamIsShownAsItIsNow() {
        try (var server = new TestServer(new UpstreamsApi(() -> upstreams).routes())) {
            assertThat(server.get("/v1/upstreams").body()).isEqualTo("{\"upstreams\":[]}");
            upstreams.add(new UpstreamStats("dashscope", State.KEY_REFUSED, 12, 3, 2, 1));
            assertThat(server.get("/v1/upstreams").body())
                    .isEqualTo("{\"upstreams\":[{\"name\":\"dashscope\",\"state\":\"key_refused\",\"calls\":12,"
                            + "\"failures\":3,\"retries\":2,\"throttled\":1}]}");
        }
    }
}
