/** Drawdown as its users see it: a REST client and a socket client. */
@NullMarked
package io.drawdown.cli.client;

import org.jspecify.annotations.NullMarked;
