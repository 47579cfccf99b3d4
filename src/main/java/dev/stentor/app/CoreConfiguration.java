package dev.stentor.app;

import dev.stentor.broadcast.BatchRule;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelLives;
import dev.stentor.channel.Channels;
import dev.stentor.clock.ClockThread;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.metrics.BroadcastMeters;
import dev.stentor.metrics.ChannelMeters;
import dev.stentor.metrics.EncodingMeters;
import dev.stentor.metrics.MemoryFailureMeters;
import dev.stentor.metrics.TraceMeters;
import dev.stentor.relay.SharedChannels;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import reactor.core.scheduler.Schedulers;

/** The configuration that builds the rooms below the web from plain values. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class CoreConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CoreConfiguration.class);

    @Bean(destroyMethod = "close")
    MemoryGuard memoryGuard(MeterRegistry registry) {
        return MemoryGuard.ofProcess(new MemoryFailureMeters(registry));
    }

    /** Creates the source of traces. It is closed after all that ends steps. */
    @Bean(destroyMethod = "close")
    TraceSender traces(GatewayProperties properties, MeterRegistry registry) {
        return TraceSender.of(properties.tracing().settings(), new TraceMeters(registry));
    }

    @Bean(destroyMethod = "close")
    @DependsOn("traces")
    ClockThread clock(GatewayProperties properties, MemoryGuard memory) {
        return new ClockThread(
                fault -> {
                    memory.look(fault); // before the log, which needs memory
                    LOG.error("A task on the clock failed", fault);
                },
                properties.cluster().grids());
    }

    @Bean(destroyMethod = "close")
    Engine engine(GatewayProperties properties) {
        return Engine.of(properties, Identifiers::requestId);
    }

    @Bean(destroyMethod = "close")
    OpusWorkers opusWorkers(GatewayProperties properties) {
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        return new OpusWorkers(count, properties.listen().opus());
    }

    @Bean
    Broadcasts broadcasts(
            GatewayProperties properties, ClockThread clock, OpusWorkers workers, MeterRegistry registry) {
        GatewayProperties.Listen listen = properties.listen();
        var encoding = new SoundEncoding(
                workers,
                listen.opus(),
                new Mp3BitRate(listen.mp3Bitrate()),
                EncodingMeters.opus(registry),
                EncodingMeters.mp3(registry));
        var meters = new BroadcastMeters(registry);
        var broadcasts = new Broadcasts(settings(listen), encoding, clock, PooledByteBufAllocator.DEFAULT, meters);
        meters.watch(broadcasts);
        return broadcasts;
    }

    /** Returns how listeners are treated. */
    static BroadcastSettings settings(GatewayProperties.Listen listen) {
        return new BroadcastSettings(
                listen.ring(),
                listen.lag(),
                listen.lagPolicy(),
                listen.report(),
                listen.max(),
                Identifiers.random('n'),
                listen.send(),
                new BatchRule(listen.batch()),
                Duration.ZERO,
                null);
    }

    @Bean(destroyMethod = "close")
    Channels channels(
            GatewayProperties properties,
            ClockThread clock,
            EngineStack speaking,
            Broadcasts broadcasts,
            Optional<SharedChannels> shared,
            MeterRegistry registry) {
        GatewayProperties.Channels channels = properties.channels();
        var meters = new ChannelMeters(registry);
        var opened = new Channels(
                clock,
                speaking.wholeTexts(),
                Schedulers.parallel(),
                channels.settings(properties.sound().bound()),
                new Channels.Limits(
                        channels.max(),
                        channels.idle(),
                        channels.create() == GatewayProperties.Create.ON_USE,
                        properties.sources().memory()),
                broadcasts,
                () -> Identifiers.random('u'),
                shared.<ChannelLives>map(lives -> lives).orElseGet(() -> ChannelLives.counted(Identifiers::epoch)),
                meters);
        meters.watch(() -> opened.all().size());
        shared.ifPresent(others -> others.start(opened));
        return opened;
    }
}
