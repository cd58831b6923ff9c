/** Owns what is configured. Uses nothing else of the service. */
@NullMarked
package io.drawdown.checkpoints.config;

import org.jspecify.annotations.NullMarked;
