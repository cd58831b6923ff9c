/**
 * Owns what is compared: a {@link io.drawdown.deploy.check.Check} finds the mistakes of one sort in a rendering. Uses {@code deploy.crd}.
 */
@NullMarked
package io.drawdown.deploy.check;

import org.jspecify.annotations.NullMarked;
