/**
 * Owns the routes for many tasks at once: actions and dead letters. Uses {@code api}, {@code bulk}, {@code store} and {@code task}.
 */
@NullMarked
package io.drawdown.tasks.api.bulk;

import org.jspecify.annotations.NullMarked;
