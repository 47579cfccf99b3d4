/**
 * All meters and their names.
 * May use: archive, source, channel, mix, broadcast, audio, access, web.connection, web.listen; libraries: Micrometer.
 */
@NullMarked
package dev.stentor.metrics;

import org.jspecify.annotations.NullMarked;
