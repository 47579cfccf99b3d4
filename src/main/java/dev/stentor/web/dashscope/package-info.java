/** The DashScope-compatible API: data records and a handler, nothing else. Never uses another web room but edge. */
@NullMarked
package dev.stentor.web.dashscope;

import org.jspecify.annotations.NullMarked;
