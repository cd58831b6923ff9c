/**
 * Owns the database of tasks: which documents there are, how they are found, and every write of them. Uses
 * {@code task}.
 */
@NullMarked
package io.drawdown.tasks.store;

import org.jspecify.annotations.NullMarked;
