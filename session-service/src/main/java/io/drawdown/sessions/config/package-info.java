/** Owns the configuration. Uses nothing else of the service. */
@NullMarked
package io.drawdown.sessions.config;

import org.jspecify.annotations.NullMarked;
