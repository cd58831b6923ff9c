/** Owns the configuration, and what each type of task has by it. Uses {@code handler} and {@code task}. */
@NullMarked
package io.drawdown.tasks.config;

import org.jspecify.annotations.NullMarked;
