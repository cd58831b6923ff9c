/** Owns what is configured and what the core runs on. Uses nothing else of the service. */
@NullMarked
package io.drawdown.sessions.config;

import org.jspecify.annotations.NullMarked;
