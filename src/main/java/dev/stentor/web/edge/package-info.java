/** What all outward APIs share: problem details, limits, request bodies. May use audio and speech; Spring WebFlux. */
@NullMarked
package dev.stentor.web.edge;

import org.jspecify.annotations.NullMarked;
