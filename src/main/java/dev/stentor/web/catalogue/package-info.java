/** The HTTP APIs that list the models and the upstreams. May use: web.edge, speech.upstream, speech.qwen, speech; libraries: Spring, Reactor, Jackson. */
@NullMarked
package dev.stentor.web.catalogue;

import org.jspecify.annotations.NullMarked;
