/** The batch process of the README. */
@NullMarked
package io.drawdown.billing.example;

import org.jspecify.annotations.NullMarked;
