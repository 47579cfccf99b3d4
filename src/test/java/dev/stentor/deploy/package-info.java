/** What is deployed agrees with itself and with the application: the image and the manifests, read as files. */
@NullMarked
package dev.stentor.deploy;

import org.jspecify.annotations.NullMarked;
