/** What is known to be true at every moment of a history, kept beside the services and compared with what they do and say. */
@NullMarked
package io.drawdown.simulator.truth;

import org.jspecify.annotations.NullMarked;
