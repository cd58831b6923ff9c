package io.drawdown.billing.charge.engine;

/** What to do once the intent shows that nothing has happened. */
enum IfUnchanged {
    /** The attempt may still be executed. */
    WAIT,
    /** There is no attempt whose result is open. */
    ADVANCE,
    /** The attempt was lost; send it again. */
    REPEAT,
    /** The attempt can not be sent again as it is. */
    NEXT_ATTEMPT,
    /** Stripe does not know the card. */
    FORGET_CARD,
    /** Stripe refuses the attempt as such. */
    GIVE_UP
}
