/**
 * Owns the ports to the database of tasks: which documents there are and how they are found; writes of single tasks in groups, and
 * their outbox. {@code store.mongo} implements the ports. Uses {@code task}.
 */
@NullMarked
package io.drawdown.tasks.store;

import org.jspecify.annotations.NullMarked;
