/**
 * Owns the reverse proxy in front of the instances of each service of the local stack: HTTP and WebSocket. Uses {@code process}
 * for faults of the user, and knows nothing of the stack.
 */
@NullMarked
package io.drawdown.cli.proxy;

import org.jspecify.annotations.NullMarked;
