/** What is counted, under which name. May use the rooms' small interfaces of statistics; Micrometer. */
@NullMarked
package dev.stentor.metrics;

import org.jspecify.annotations.NullMarked;
