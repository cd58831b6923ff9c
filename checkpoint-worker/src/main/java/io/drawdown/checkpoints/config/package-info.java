/** Owns the configuration. Uses nothing else of the service. */
@NullMarked
package io.drawdown.checkpoints.config;

import org.jspecify.annotations.NullMarked;
