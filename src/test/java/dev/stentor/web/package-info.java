/** A real server and a real client for the tests of the web rooms. */
@NullMarked
package dev.stentor.web;

import org.jspecify.annotations.NullMarked;
