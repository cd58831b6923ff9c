/**
 * Owns what owners of sessions and checkpoint-worker say: starts, renewals, takeovers, releases, usage, ends. Uses
 * group commit; has no state of its own.
 */
@NullMarked
package io.drawdown.credits.sessions;

import org.jspecify.annotations.NullMarked;
