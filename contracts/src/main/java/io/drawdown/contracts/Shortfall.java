package io.drawdown.contracts;

/**
 * Why credits do not suffice: what is held by live sessions is not spent, and comes back as far as they do not use it.
 *
 * @param required what would have been needed
 * @param remaining what was available for it
 * @param held what live sessions hold
 */
public record Shortfall(Credits required, Credits remaining, Credits held) {

    public static Shortfall of(Credits required, AccountView account) {
        return new Shortfall(required, account.available(), account.held());
    }

    /** Whether what live sessions hold would have covered it. */
    public boolean isHeld() {
        return required.compareTo(remaining.plus(held)) <= 0;
    }

    /** In words, for an operator or a client: what is held and what is gone are told apart. */
    public String detail() {
        String asked = "%s credits are needed and %s are available; ".formatted(required, remaining);
        return held.isZero()
                ? asked + "live sessions hold none"
                : asked + "live sessions hold %s more, which come back as far as they are not used".formatted(held);
    }
}
