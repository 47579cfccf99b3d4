/** Traces, as OpenTelemetry makes and sends them. May use: trace; libraries: OpenTelemetry. */
@NullMarked
package dev.stentor.tracing;

import org.jspecify.annotations.NullMarked;
