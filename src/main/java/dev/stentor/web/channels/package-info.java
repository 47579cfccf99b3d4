/** The gateway's own API over channels: data records and handlers, nothing else. Never uses another web room but edge. */
@NullMarked
package dev.stentor.web.channels;

import org.jspecify.annotations.NullMarked;
