/** What is written to the log, whoever logs it: no tokens, and no line that a client has made up. */
@NullMarked
package io.drawdown.kit.logging;

import org.jspecify.annotations.NullMarked;
