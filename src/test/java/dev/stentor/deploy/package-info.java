/** Tests that the image and the manifests, read as files, are consistent and match the application. */
@NullMarked
package dev.stentor.deploy;

import org.jspecify.annotations.NullMarked;
