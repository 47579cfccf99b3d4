/**
 * The rules of access at the gateway's door: the right that each address needs, the refusals, and tickets.
 * May use: web.edge, access, usage; libraries: Spring, Reactor, Jackson.
 */
@NullMarked
package dev.stentor.web.access;

import org.jspecify.annotations.NullMarked;
