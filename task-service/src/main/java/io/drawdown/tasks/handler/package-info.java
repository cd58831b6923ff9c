/**
 * Owns what whoever writes a handler sees: the handler, what it may do while it runs, and how it fails. Uses {@code
 * task}.
 */
@NullMarked
package io.drawdown.tasks.handler;

import org.jspecify.annotations.NullMarked;
