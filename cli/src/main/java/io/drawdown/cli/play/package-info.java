/** What a person watches: the demo, a hand-held session, the check as a table. */
@NullMarked
package io.drawdown.cli.play;

import org.jspecify.annotations.NullMarked;
