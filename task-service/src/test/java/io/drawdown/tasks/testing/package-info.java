/** The world around the engine, in memory: for its tests. */
@NullMarked
package io.drawdown.tasks.testing;

import org.jspecify.annotations.NullMarked;
