/** Owns the custom resources that no library models: the fields that Drawdown sets, and no others. Uses nothing. */
@NullMarked
package io.drawdown.deploy.kubernetes.crd;

import org.jspecify.annotations.NullMarked;
