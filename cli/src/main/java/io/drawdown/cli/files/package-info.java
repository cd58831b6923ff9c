/** What goes wrong with the files of the local stack, in words. */
@NullMarked
package io.drawdown.cli.files;

import org.jspecify.annotations.NullMarked;
