/** Owns a mail server that keeps what it gets in files. Uses nothing else of Drawdown. */
@NullMarked
package io.drawdown.embedded.mail;

import org.jspecify.annotations.NullMarked;
