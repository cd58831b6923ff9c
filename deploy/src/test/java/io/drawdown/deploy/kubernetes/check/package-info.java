/**
 * Owns what is compared: a {@link io.drawdown.deploy.kubernetes.check.Check} finds the mistakes of one sort in a rendering. Uses {@code kubernetes.crd}.
 */
@NullMarked
package io.drawdown.deploy.kubernetes.check;

import org.jspecify.annotations.NullMarked;
