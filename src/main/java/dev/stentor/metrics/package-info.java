/**
 * All meters and their names.
 * May use: archive, source, channel, mix, broadcast, speech.reading, audio, access, web.connection, web.listen,
 * speech.upstream, load, broadcast.socket, tracing, usage, cluster; libraries: Micrometer.
 */
@NullMarked
package dev.stentor.metrics;

import org.jspecify.annotations.NullMarked;
