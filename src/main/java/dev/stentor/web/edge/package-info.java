/** Tools that all HTTP APIs share: problem details, limits, request bodies, uploads. May use speech; Spring WebFlux. */
@NullMarked
package dev.stentor.web.edge;

import org.jspecify.annotations.NullMarked;
