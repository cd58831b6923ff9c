/** Owns the collections of tasks in MongoDB, their indexes, and every read and write of them. Uses {@code store} and {@code task}. */
@NullMarked
package io.drawdown.tasks.store.mongo;

import org.jspecify.annotations.NullMarked;
