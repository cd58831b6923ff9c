/** Owns the event stream of one task. Uses {@code api}, {@code live}, {@code tasks} and {@code task}. */
@NullMarked
package io.drawdown.tasks.api.watch;

import org.jspecify.annotations.NullMarked;
