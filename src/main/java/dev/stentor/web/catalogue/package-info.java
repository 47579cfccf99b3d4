/** The HTTP API that lists the models. May use web.edge and speech; Spring WebFlux. */
@NullMarked
package dev.stentor.web.catalogue;

import org.jspecify.annotations.NullMarked;
