/**
 * Owns the routes of workers elsewhere: leases, and the runs of leased tasks. Uses {@code api}, {@code config}, {@code external}, {@code
 * task} and {@code tasks}.
 */
@NullMarked
package io.drawdown.tasks.api.lease;

import org.jspecify.annotations.NullMarked;
