/** Owns the configuration, and the ids that a core draws. Uses nothing else of the service. */
@NullMarked
package io.drawdown.sessions.config;

import org.jspecify.annotations.NullMarked;
