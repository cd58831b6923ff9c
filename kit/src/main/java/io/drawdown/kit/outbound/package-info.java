/**
 * Owns what every service that calls addresses of others must know: which are public, and how long to leave them alone. Uses
 * nothing else of kit.
 */
@NullMarked
package io.drawdown.kit.outbound;

import org.jspecify.annotations.NullMarked;
