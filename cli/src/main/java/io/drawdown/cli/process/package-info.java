/**
 * Owns the child processes of the local stack: starts, watches, restarts and ends them. Knows nothing of what they
 * are.
 */
@NullMarked
package io.drawdown.cli.process;

import org.jspecify.annotations.NullMarked;
