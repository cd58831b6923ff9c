/**
 * Owns what is done to many tasks at once: which tasks, what, and the task that does it. Uses {@code control}, {@code
 * handler}, {@code store}, {@code task} and {@code tasks}.
 */
@NullMarked
package io.drawdown.tasks.bulk;

import org.jspecify.annotations.NullMarked;
