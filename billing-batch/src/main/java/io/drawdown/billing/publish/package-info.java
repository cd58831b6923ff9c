/** Owns the port to the places where items are published, and what may go wrong there. Uses nothing else of the service. */
@NullMarked
package io.drawdown.billing.publish;

import org.jspecify.annotations.NullMarked;
