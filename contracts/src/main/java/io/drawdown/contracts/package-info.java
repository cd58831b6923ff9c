/** What the services say to each other and to their clients: amounts, events, problems, topics, reasons. */
@NullMarked
package io.drawdown.contracts;

import org.jspecify.annotations.NullMarked;
