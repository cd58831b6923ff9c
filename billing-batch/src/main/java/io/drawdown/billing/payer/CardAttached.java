package io.drawdown.billing.payer;

/** Hears that someone has a card that may be tried. It may be told more than once, and not at all if this process dies. */
@FunctionalInterface
public interface CardAttached {

    void attached(String payerId);
}
