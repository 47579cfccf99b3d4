package dev.stentor.app;

import dev.stentor.channel.Channels;
import dev.stentor.metrics.SourceMeters;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SoundSettings;
import dev.stentor.source.SoundStreams;
import dev.stentor.source.StreamRules;
import dev.stentor.source.StreamSettings;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Spool;
import dev.stentor.web.sources.SourcesApi;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Schedulers;

/** The configuration that builds the sources that can be mixed with speech, and the API over them. */
@Configuration(proxyBeanMethods = false)
class SourcesConfiguration {

    @Bean
    SourceMeters sourceMeters(MeterRegistry registry) {
        return new SourceMeters(registry);
    }

    @Bean
    SoundLibrary soundLibrary(GatewayProperties properties, SourceMeters meters) {
        SourcesProperties sources = properties.sources();
        var library = new SoundLibrary(
                new SoundSettings(
                        sources.directory(),
                        sources.uploads(),
                        sources.maxSize().toBytes(),
                        sources.maxLength(),
                        sources.maxUploads(),
                        sources.memory(),
                        sources.resampler()),
                Schedulers.boundedElastic());
        meters.watch(library);
        return library;
    }

    @Bean
    SoundStreams soundStreams(GatewayProperties properties, SourceMeters meters) {
        SourcesProperties sources = properties.sources();
        StreamSettings standard = StreamSettings.standard(sources.resampler());
        var settings = new StreamSettings(
                standard.connectTimeout(),
                sources.stall(),
                standard.firstBackOff(),
                standard.longestBackOff(),
                standard.preset());
        return new SoundStreams(
                new StreamRules(sources.allow(), sources.privateHosts()), settings, meters, Schedulers.parallel());
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> sourcesApi(
            GatewayProperties properties,
            Channels channels,
            SoundLibrary library,
            SoundStreams streams,
            EngineStack speaking,
            Spool spool) {
        var bodies = new JsonBody(Math.toIntExact(properties.api().maxBody().toBytes()), Schedulers.parallel());
        var api = new SourcesApi(
                channels,
                library,
                streams,
                speaking.wholeTexts(),
                bodies,
                spool,
                properties.sources().maxSize().toBytes(),
                Schedulers.parallel());
        channels.restoreBy(api);
        return api.routes();
    }
}
