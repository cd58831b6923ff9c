package io.drawdown.contracts;

/**
 * The reason why credits do not suffice. Credits that live sessions hold are not spent; the unused part comes back.
 *
 * @param required the credits that are needed
 * @param remaining the credits that are available
 * @param held the credits that live sessions hold
 */
public record Shortfall(Credits required, Credits remaining, Credits held) {

    /** In how many seconds what live sessions hold may have come back, from owners that do not answer now. */
    public static final long RETRY_SECONDS = 10;

    public static Shortfall of(Credits required, AccountView account) {
        return new Shortfall(required, account.available(), account.held());
    }

    /** Whether what live sessions hold would have covered it. */
    public boolean isHeld() {
        return required.compareTo(remaining.plus(held)) <= 0;
    }

    /** A sentence for an operator or a client, which tells held credits from spent ones. */
    public String detail() {
        String asked = "%s credits are needed and %s are available; ".formatted(required, remaining);
        return held.isZero()
                ? asked + "live sessions hold none"
                : asked + "live sessions hold %s more, which come back as far as they are not used".formatted(held);
    }
}
