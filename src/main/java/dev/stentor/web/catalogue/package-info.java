/** The models that can be asked for. Never uses another web room but edge. */
@NullMarked
package dev.stentor.web.catalogue;

import org.jspecify.annotations.NullMarked;
