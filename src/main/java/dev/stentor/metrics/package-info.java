/**
 * All meters and their names.
 * May use: archive, source, channel, mix, broadcast, audio, web.connection; libraries: Micrometer.
 */
@NullMarked
package dev.stentor.metrics;

import org.jspecify.annotations.NullMarked;
