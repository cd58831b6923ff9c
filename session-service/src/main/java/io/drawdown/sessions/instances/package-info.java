/** The running copies of this service: an incarnation per start, its lease, and how another one fences it. */
@NullMarked
package io.drawdown.sessions.instances;

import org.jspecify.annotations.NullMarked;
