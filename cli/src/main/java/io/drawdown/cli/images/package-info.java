/**
 * Owns the images of the services: what is in one, what it is built on and how it is started. Uses {@code process},
 * {@code stack} and {@code files}.
 */
@NullMarked
package io.drawdown.cli.images;

import org.jspecify.annotations.NullMarked;
