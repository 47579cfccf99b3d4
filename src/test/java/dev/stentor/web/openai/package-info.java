/** Tests of the OpenAI-compatible API. */
@NullMarked
package dev.stentor.web.openai;

import org.jspecify.annotations.NullMarked;
