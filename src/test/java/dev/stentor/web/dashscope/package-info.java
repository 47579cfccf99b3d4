/** Tests of the compatible API with the official clients, and with worse ones. */
@NullMarked
package dev.stentor.web.dashscope;

import org.jspecify.annotations.NullMarked;
