/**
 * The DashScope-compatible API over any engine, and its voice-making passed on to the service. May use web.edge, speech and
 * audio; Spring WebFlux.
 */
@NullMarked
package dev.stentor.web.dashscope;

import org.jspecify.annotations.NullMarked;
