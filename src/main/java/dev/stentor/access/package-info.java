/**
 * Who may listen, speak and manage: keys, tokens, tickets, the origins of web pages, and the one function that decides.
 * May use: usage; libraries: Reactor, Spring Security, Nimbus JOSE, SLF4J.
 */
@NullMarked
package dev.stentor.access;

import org.jspecify.annotations.NullMarked;
