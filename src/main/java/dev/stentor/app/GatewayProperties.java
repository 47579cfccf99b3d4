package dev.stentor.app;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.socket.SendMode;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.OpenTextSettings;
import dev.stentor.channel.Preset;
import dev.stentor.codec.OpusSettings;
import dev.stentor.speech.reading.Pauses;
import dev.stentor.web.listen.ListenControl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything that can be configured, under {@code gateway}.
 *
 * @param engine who speaks
 * @param dashscope the cloud service
 * @param command a local program that speaks what the embedded voice cannot
 * @param dashscope the cloud service, and the first upstream
 * @param upstreams more upstreams, for when one fails; default none
 * @param channels what channels take on
 * @param listen how listeners are treated
 * @param api limits of the HTTP APIs
 * @param archive finished utterances as files
 * @param voices making voices
 * @param sources what can be mixed in beside the speech
 */
@ConfigurationProperties(prefix = "gateway", ignoreUnknownFields = false)
record GatewayProperties(
        @DefaultValue("auto") Engine engine,
        @DefaultValue DashScope dashscope,
        @DefaultValue CommandProperties command,
        @DefaultValue List<UpstreamProperties> upstreams,
        @DefaultValue Channels channels,
        @DefaultValue Listen listen,
        @DefaultValue Api api,
        @DefaultValue ArchiveProperties archive,
        @DefaultValue VoicesProperties voices,
        @DefaultValue SourcesProperties sources) {

    /** Who speaks. */
    enum Engine {
        /** The upstreams that have a key, else the embedded voice. */
        AUTO,
        /** The embedded voice. */
        LOCAL,
        /** The upstreams; one must have a key. */
        UPSTREAMS,
        /** The same, by its older name. */
        DASHSCOPE
    }

    /**
     * The cloud service.
     *
     * @param baseUrl up to and including {@code /api/v1}; default the service's shared address in Beijing
     * @param apiKey the key, by the environment only ({@code DASHSCOPE_API_KEY}); empty means none
     * @param workspace sent with each request; null means none
     * @param connectTimeout until a connection must stand; default 5 s
     * @param silence how long nothing may come although it was asked for; default 30 s
     */
    record DashScope(
            @DefaultValue("https://dashscope.aliyuncs.com/api/v1")
            URI baseUrl,

            @DefaultValue("") String apiKey,
            @Nullable String workspace,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("30s") Duration silence) {

        DashScope {
            requirePositive("gateway.dashscope.connect-timeout", connectTimeout);
            requirePositive("gateway.dashscope.silence", silence);
        }

        boolean hasKey() {
            return !apiKey.isBlank();
        }

        /** Never shows the key. */
        @Override
        public String toString() {
            return "DashScope[baseUrl=" + baseUrl + ", apiKey=" + (hasKey() ? "set" : "none") + "]";
        }
    }

    /** What makes a channel. */
    enum Create {
        /** Speaking on it, or listening to it. */
        ON_USE,
        /** Nothing but a request for it. */
        NEVER
    }

    /**
     * What channels take on.
     *
     * @param max how many there may be at once; default 1,000
     * @param idle how long one without speech and listeners is kept; default 60 s
     * @param preset what channels are for, unless told otherwise: conversation or narration; default conversation
     * @param lead how far ahead of real time frames are released; default what the preset says, 100 ms or 1 s
     * @param prefetch how much audio of a channel is held before demand on the engine stops; default 60 s
     * @param maxUtterances how many may wait or play on a channel; default 100
     * @param maxTextCharacters of one utterance; default 250,000
     * @param maxWaitingCharacters of all utterances of a channel together; default 1,000,000
     * @param maxWaiting how long all that is still to be heard on a channel may take; default 30 min
     * @param create what makes a channel: its use, or only a request for it; default on-use
     * @param patience how long the engine may give no sign of life; default 60 s
     * @param longestPause after which a held channel is cleared; default 10 min
     * @param textIdle after which an unfinished sentence of a text that is being written is spoken as far as it came; default 400 ms
     * @param textPatience after which a text that is being written, and gets nothing, is taken for ended; default 30 s
     * @param textAhead segments of such a text that are fetched while one is heard, 0 to 16; default 2
     */
    record Channels(
            @DefaultValue("1000") int max,
            @DefaultValue("60s") Duration idle,
            @DefaultValue("conversation") Preset preset,
            @Nullable Duration lead,
            @DefaultValue("60s") Duration prefetch,
            @DefaultValue("100") int maxUtterances,
            @DefaultValue("250000") int maxTextCharacters,
            @DefaultValue("1000000") long maxWaitingCharacters,
            @DefaultValue("30m") Duration maxWaiting,
            @DefaultValue("on-use") Create create,
            @DefaultValue("60s") Duration patience,
            @DefaultValue("10m") Duration longestPause,
            @DefaultValue("400ms") Duration textIdle,
            @DefaultValue("30s") Duration textPatience,
            @DefaultValue("2") int textAhead) {

        Channels {
            requirePositive("gateway.channels.max", max);
            requirePositive("gateway.channels.idle", idle);
            requirePositive("gateway.channels.max-text-characters", maxTextCharacters);
        }

        ChannelSettings settings() {
            return new ChannelSettings(
                    preset,
                    lead == null ? preset.lead() : lead,
                    prefetch,
                    maxUtterances,
                    maxWaitingCharacters,
                    maxWaiting,
                    patience,
                    longestPause,
                    new OpenTextSettings(textIdle, textPatience, textAhead, maxTextCharacters, Pauses.NATURAL));
        }
    }

    /**
     * How listeners are treated.
     *
     * @param max how many connections may listen at once, all channels together; default 10,000
     * @param ring how much of the past a channel keeps; default 20 s
     * @param lag how far a listener may fall behind; default 3 s
     * @param lagPolicy what happens then: skip or close; default skip
     * @param report how often players tell where they are; default 1 s
     * @param origins whose pages may listen besides the gateway's own; default none
     * @param opusBitrate of sound in Opus, in bits per second, 6,000 to 128,000; default 32,000
     * @param transport that carries the connections: auto, epoll or nio; default auto, which is epoll on Linux
     * @param send which way sound takes to the sockets: auto, write or fd; default auto, which is fd on epoll without TLS
     * @param control what listeners may do besides listening: none, interrupt, or say; default none
     * @param batch how much sound goes together in one send, 20 ms to 100 ms, where the lead is 100 ms longer; null means what suits
     *     the number of listeners
     */
    record Listen(
            @DefaultValue("10000") int max,
            @DefaultValue("20s") Duration ring,
            @DefaultValue("3s") Duration lag,
            @DefaultValue("skip") LagPolicy lagPolicy,
            @DefaultValue("1s") Duration report,
            @DefaultValue Set<String> origins,
            @DefaultValue("32000") int opusBitrate,
            @DefaultValue("auto") ServerLoops.Transport transport,
            @DefaultValue("auto") SendMode send,
            @DefaultValue("none") ListenControl control,
            @Nullable Duration batch) {

        Listen {
            if (batch != null && (batch.toMillis() < 20 || batch.toMillis() > 100)) {
                throw new IllegalArgumentException("gateway.listen.batch must be 20 ms to 100 ms, was " + batch);
            }
            requirePositive("gateway.listen.report", report);
            if (opusBitrate < 6_000 || opusBitrate > 128_000) {
                throw new IllegalArgumentException(
                        "gateway.listen.opus-bitrate must be 6000 to 128000, was " + opusBitrate);
            }
        }

        OpusSettings opus() {
            return OpusSettings.SPEECH.at(opusBitrate);
        }
    }

    /**
     * Limits of the HTTP APIs.
     *
     * @param maxBody of a request to our own API; default 2 MB
     * @param hosts names under which a gateway on the loopback address answers besides localhost, such as a proxy's; default none
     * @param publicAddress under which the outside world finds this gateway, for addresses that leave it; null means what each
     *     request was sent to
     */
    record Api(
            @DefaultValue("2MB") DataSize maxBody,
            @DefaultValue Set<String> hosts,
            @Nullable URI publicAddress) {
        Api {
            requirePositive("gateway.api.max-body", maxBody.toBytes());
            if (publicAddress != null && (publicAddress.getScheme() == null || publicAddress.getHost() == null)) {
                throw new IllegalArgumentException(
                        "gateway.api.public-address needs a scheme and a host, was " + publicAddress);
            }
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(key + " must be positive, was " + value);
        }
    }

    private static void requirePositive(String key, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(key + " must be positive, was " + value);
        }
    }
}
