package dev.stentor.app;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.socket.SendMode;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.OpenTextSettings;
import dev.stentor.channel.Preset;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.speech.reading.Pauses;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.web.edge.SecurityHeaders;
import dev.stentor.web.listen.ListenBounds;
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
 * All settings of the gateway, under {@code gateway}.
 *
 * @param engine choice of the engine; default auto
 * @param dashscope cloud service, which is the first upstream
 * @param command local program that speaks the languages that the embedded voice does not; default none
 * @param natural natural voice, which speaks before the embedded one if its files are there
 * @param encoder program that encodes what the gateway cannot; default none
 * @param upstreams further upstreams, used when one fails; default none
 * @param sound most sound that an engine may give for one text
 * @param channels settings and limits of channels
 * @param listen settings and limits of listening
 * @param api limits of the HTTP APIs
 * @param connections limits of connections, whatever they carry
 * @param access who may do what
 * @param usage limits of what one caller may use
 * @param overload bounds of the load past which new work is refused
 * @param proxies proxies before the gateway
 * @param tracing traces of utterances and joins
 * @param archive archive of recordings
 * @param voices making of custom voices
 * @param sources sources that can be mixed with speech
 * @param cluster other gateways that share their channels with this one; default none
 * @param warmUp whether the way from a request to its first sound is tried before the gateway says that it is ready; default true
 */
@ConfigurationProperties(prefix = "gateway", ignoreUnknownFields = false)
record GatewayProperties(
        @DefaultValue("auto") Engine engine,
        @DefaultValue DashScope dashscope,
        @DefaultValue CommandProperties command,
        @DefaultValue NaturalProperties natural,
        @DefaultValue EncoderProperties encoder,
        @DefaultValue List<UpstreamProperties> upstreams,
        @DefaultValue SoundProperties sound,
        @DefaultValue Channels channels,
        @DefaultValue Listen listen,
        @DefaultValue Api api,
        @DefaultValue ConnectionProperties connections,
        @DefaultValue AccessProperties access,
        @DefaultValue UsageProperties usage,
        @DefaultValue OverloadProperties overload,
        @DefaultValue ProxyProperties proxies,
        @DefaultValue TracingProperties tracing,
        @DefaultValue ArchiveProperties archive,
        @DefaultValue VoicesProperties voices,
        @DefaultValue SourcesProperties sources,
        @DefaultValue ClusterProperties cluster,
        @DefaultValue("true") boolean warmUp) {

    /** The choice of the engine. */
    enum Engine {
        /** The upstreams that can be used; without any, the embedded voice. */
        AUTO,
        /** The embedded voice. */
        LOCAL,
        /** The upstreams, at least one of which must be usable. */
        UPSTREAMS,
        /** The older name of {@link #UPSTREAMS}. */
        DASHSCOPE
    }

    /**
     * Settings of the cloud service.
     *
     * @param baseUrl address up to and including {@code /api/v1}; default the service's shared address in Beijing
     * @param apiKey key of the account, set by the environment only ({@code DASHSCOPE_API_KEY}); empty means none
     * @param workspace workspace that is sent with each request; null means none
     * @param connectTimeout longest time to establish a connection, must be positive; default 5 s
     * @param silence longest time without bytes although they are requested, must be positive; default 30 s
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

        /** Tells whether a key is set. */
        boolean hasKey() {
            return !apiKey.isBlank();
        }

        /** Returns the values without the key. */
        @Override
        public String toString() {
            return "DashScope[baseUrl=" + baseUrl + ", apiKey=" + (hasKey() ? "set" : "none") + "]";
        }
    }

    /** The way in which channels are created. */
    enum Create {
        /** When somebody speaks on a channel or listens to it, or by a request. */
        ON_USE,
        /** By a request only. */
        NEVER
    }

    /**
     * Settings and limits of channels. All numbers and times must be positive, except {@code textAhead}.
     *
     * @param max largest number of channels; default 1,000
     * @param idle time for which a channel without speech and listeners is kept; default 60 s
     * @param preset purpose of channels that do not set their own: conversation or narration; default conversation
     * @param lead how far ahead of real time frames are released, 20 ms to 10 s; null means the preset's: 100 ms for
     *     conversation, 1 s for narration
     * @param prefetch length of a channel's audio that is held before demand on the engine stops, at least the lead; default 60 s
     * @param maxUtterances largest number of utterances that wait or play on a channel; default 100
     * @param maxTextCharacters longest text of one utterance, in UTF-16 units; default 250,000
     * @param maxWaitingCharacters largest length of all texts of a channel together, in UTF-16 units; default 1,000,000
     * @param maxWaiting longest estimated time until everything queued on a channel is heard; default 30 min
     * @param create way in which channels are created; default on-use
     * @param patience longest time without any progress of the engine, after which an utterance fails; default 60 s
     * @param longestPause time after which a paused channel is cleared; default 10 min
     * @param textIdle time without new text after which the unfinished sentence of an open text is spoken; default 400 ms
     * @param textPatience time without new text after which an open text is ended; default 30 s
     * @param textAhead number of segments of an open text that are fetched while one is played, 0 to 16; default 2; 0 means
     *     that each is fetched when it is needed
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

        /**
         * Returns the settings that a new channel has unless a request gives others.
         *
         * @param bound most sound of a text that is still being written
         */
        ChannelSettings settings(SoundBound bound) {
            return new ChannelSettings(
                    preset,
                    lead == null ? preset.lead() : lead,
                    prefetch,
                    maxUtterances,
                    maxWaitingCharacters,
                    maxWaiting,
                    patience,
                    longestPause,
                    new OpenTextSettings(textIdle, textPatience, textAhead, maxTextCharacters, Pauses.NATURAL, bound));
        }
    }

    /**
     * Settings and limits of listening.
     *
     * @param max largest number of connections that listen, all channels together, must be positive; default 10,000
     * @param ring length of the past that a channel keeps; default 20 s
     * @param lag how far a listener may fall behind, positive and at most the ring; default 3 s
     * @param lagPolicy treatment of a listener that falls further behind: skip or close; default skip
     * @param report interval at which players report their position, must be positive; default 1 s
     * @param origins origins whose pages may listen, besides the gateway's own; default none
     * @param opusBitrate bit rate of sound in Opus, in bits per second, 6,000 to 128,000; default 32,000
     * @param mp3Bitrate bit rate of {@code audio.mp3}, in bits per second: one of MPEG-2's from 32,000 to 160,000; default 64,000
     * @param transport transport of the connections: auto, epoll or nio; default auto, which is epoll on Linux
     * @param send way of sound to the sockets: auto, write, fd or ring; default auto, which is fd on epoll without TLS
     * @param control actions that listeners without a name are allowed: none, interrupt or say; default none
     * @param messagesPerSecond messages that are read of one client each second; default 200; 0 means as many as come
     * @param messageBurst messages of one client that are read at once before that; default 1,000
     * @param maxOutbound bytes that may wait for one client before it is cut; default 1 MB; 0 means no bound
     * @param batch length of the sound sent together, 20 ms to 100 ms, used only where the lead is 100 ms longer; null means
     *     that it follows the number of listeners
     */
    record Listen(
            @DefaultValue("10000") int max,
            @DefaultValue("20s") Duration ring,
            @DefaultValue("3s") Duration lag,
            @DefaultValue("skip") LagPolicy lagPolicy,
            @DefaultValue("1s") Duration report,
            @DefaultValue Set<String> origins,
            @DefaultValue("32000") int opusBitrate,
            @DefaultValue("64000") int mp3Bitrate,
            @DefaultValue("auto") ServerLoops.Transport transport,
            @DefaultValue("auto") SendMode send,
            @DefaultValue("none") ListenControl control,
            @DefaultValue("200") int messagesPerSecond,
            @DefaultValue("1000") int messageBurst,
            @DefaultValue("1MB") DataSize maxOutbound,
            @Nullable Duration batch) {

        Listen {
            if (batch != null && (batch.toMillis() < SpeechTime.FRAME_MILLIS || batch.toMillis() > 100)) {
                throw new IllegalArgumentException("gateway.listen.batch must be 20 ms to 100 ms, was " + batch);
            }
            requirePositive("gateway.listen.report", report);
            requireNotNegative("gateway.listen.messages-per-second", messagesPerSecond);
            requireNotNegative("gateway.listen.message-burst", messageBurst);
            requireNotNegative("gateway.listen.max-outbound", maxOutbound.toBytes());
            if (opusBitrate < 6_000 || opusBitrate > 128_000) {
                throw new IllegalArgumentException(
                        "gateway.listen.opus-bitrate must be 6000 to 128000, was " + opusBitrate);
            }
            requireMp3BitRate("gateway.listen.mp3-bitrate", mp3Bitrate);
        }

        /** Returns the bounds of one connection. */
        ListenBounds bounds() {
            return new ListenBounds(messagesPerSecond, messageBurst, maxOutbound.toBytes());
        }

        /** Returns the settings of the Opus encoder at the configured bit rate. */
        OpusSettings opus() {
            return OpusSettings.SPEECH.at(opusBitrate);
        }
    }

    /**
     * Limits and addresses of the HTTP APIs.
     *
     * @param maxBody largest body of a request to the gateway's own API, must be positive; default 2 MB
     * @param hosts host names, such as a proxy's, that a gateway on the loopback address accepts besides localhost; default none
     * @param publicAddress base URL under which clients reach this gateway, used in the addresses that it gives out; null means
     *     the address that each request was sent to
     * @param trustHost whether that is right on other addresses than loopback too, where anybody may name any host; default false
     * @param mp3Bitrate bit rate of sound in MP3, in bits per second: one of MPEG-2's from 32,000 to 160,000; default 64,000
     * @param heldSound most sound, in bytes, that is held so that an answer can begin with its length, must not be negative; default
     *     1 MB; 0 holds none
     * @param heldTime longest time for which the first sound is held for that, must be positive; default 20 ms
     * @param frameAncestors pages that may show the gateway's page in a frame, as in a Content Security Policy; default 'self'
     */
    record Api(
            @DefaultValue("2MB") DataSize maxBody,
            @DefaultValue Set<String> hosts,
            @Nullable URI publicAddress,
            @DefaultValue("false") boolean trustHost,
            @DefaultValue("64000") int mp3Bitrate,
            @DefaultValue("1MB") DataSize heldSound,
            @DefaultValue("20ms") Duration heldTime,
            @DefaultValue("'self'") List<String> frameAncestors) {
        Api {
            requirePositive("gateway.api.max-body", maxBody.toBytes());
            requireNotNegative("gateway.api.held-sound", heldSound.toBytes());
            requirePositive("gateway.api.held-time", heldTime);
            if (publicAddress != null && (publicAddress.getScheme() == null || publicAddress.getHost() == null)) {
                throw new IllegalArgumentException(
                        "gateway.api.public-address needs a scheme and a host, was " + publicAddress);
            }
            requireMp3BitRate("gateway.api.mp3-bitrate", mp3Bitrate);
            if (!SecurityHeaders.areAncestors(frameAncestors)) {
                throw new IllegalArgumentException(
                        "gateway.api.frame-ancestors are 'none', 'self' or origins, were " + frameAncestors);
            }
        }
    }

    private static void requireMp3BitRate(String key, int bitsPerSecond) {
        if (!Mp3BitRate.isOne(bitsPerSecond)) {
            throw new IllegalArgumentException(key + " must be one of " + Mp3BitRate.all() + ", was " + bitsPerSecond);
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(key + " must be positive, was " + value);
        }
    }

    private static void requireNotNegative(String key, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(key + " must not be negative, was " + value);
        }
    }

    private static void requirePositive(String key, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(key + " must be positive, was " + value);
        }
    }
}
