/**
 * All meters and their names. May use the statistics interfaces of archive, source, channel, mix and broadcast, and audio;
 * Micrometer.
 */
@NullMarked
package dev.stentor.metrics;

import org.jspecify.annotations.NullMarked;
