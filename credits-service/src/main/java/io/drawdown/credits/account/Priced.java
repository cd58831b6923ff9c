package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;

/** How an amount came about: {@code units} × {@code unitPrice} of {@code meter} (for usage: begun increments of a kind). */
public record Priced(String meter, long units, Credits unitPrice) {

    /** @throws Credits.AmountOutOfRangeException if it is more than an amount can be */
    public Credits total() {
        return unitPrice.times(units);
    }
}
