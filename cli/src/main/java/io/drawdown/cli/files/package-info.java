/** Owns the words for failed file accesses. Uses the JDK only. */
@NullMarked
package io.drawdown.cli.files;

import org.jspecify.annotations.NullMarked;
