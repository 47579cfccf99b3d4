/** What all outward APIs share: problem details, limits, request bodies. May use access and audio; Spring WebFlux. */
@NullMarked
package dev.stentor.web.edge;

import org.jspecify.annotations.NullMarked;
