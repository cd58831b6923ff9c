/** The account: one document, its pure rules, and the group commit that writes it. */
@NullMarked
package io.drawdown.credits.accounts;

import org.jspecify.annotations.NullMarked;
