/** Plays the official clients, and worse ones, against the compatible API. */
@NullMarked
package dev.stentor.web.dashscope;

import org.jspecify.annotations.NullMarked;
