/** Owns the configuration, and what each type of task has by it. Uses {@code task}. */
@NullMarked
package io.drawdown.tasks.config;

import org.jspecify.annotations.NullMarked;
