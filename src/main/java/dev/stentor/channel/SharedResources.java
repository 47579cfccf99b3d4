package dev.stentor.channel;

import dev.stentor.speech.SpeechEngine;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/**
 * What all channels of a gateway share.
 *
 * @param work where engines are subscribed to and answers are given; never the clock's thread
 * @param utteranceIds gives an id that is unique for ever
 * @param sources how much sound sources may hold
 * @param blocks memory for sound that waits
 */
record SharedResources(
        SpeechEngine engine,
        Scheduler work,
        Supplier<String> utteranceIds,
        SourceLimits sources,
        SoundBlocks blocks,
        ChannelStats stats) {}
