package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;

/**
 * How an amount came about: {@code units} × {@code unitPrice}.
 *
 * @param tariffName of a one-off charge its meter; of usage the kind of session, whose units are begun increments
 */
public record Priced(String tariffName, long units, Credits unitPrice) {

    /** @throws Credits.AmountOutOfRangeException if it is more than an amount can be */
    public Credits total() {
        return unitPrice.times(units);
    }
}
