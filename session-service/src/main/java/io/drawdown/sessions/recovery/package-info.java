/**
 * Owns what happens to sessions whose owner is dead, and to holds of which nothing is heard. Uses live sessions and
 * the admission.
 */
@NullMarked
package io.drawdown.sessions.recovery;

import org.jspecify.annotations.NullMarked;
