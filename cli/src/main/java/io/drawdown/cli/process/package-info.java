/**
 * Owns the child processes of the local stack: starts, watches, restarts and ends them. Uses {@code files} and does not
 * know what the processes are.
 */
@NullMarked
package io.drawdown.cli.process;

import org.jspecify.annotations.NullMarked;
