/** The local stack: which processes it has, how they are started, watched and ended. */
@NullMarked
package io.drawdown.cli.stack;

import org.jspecify.annotations.NullMarked;
