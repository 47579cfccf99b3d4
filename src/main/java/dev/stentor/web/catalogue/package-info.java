/** The HTTP API that lists the models. May use: web.edge, speech.qwen, speech; libraries: Spring, Reactor, Jackson. */
@NullMarked
package dev.stentor.web.catalogue;

import org.jspecify.annotations.NullMarked;
