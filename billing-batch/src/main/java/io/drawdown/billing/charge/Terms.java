package io.drawdown.billing.charge;

import java.util.regex.Pattern;

/**
 * What is to be paid, by whom and for what; fixed when the charge is made.
 *
 * @param payerId whose card it is
 * @param amountCents 0: nothing is due; else Stripe's bounds: 50 cents to 999,999.99
 * @param currency {@code usd}
 * @param reference what it is for, e.g. {@code item:team-1/page-7}; Stripe keeps it with the intent
 * @param isOffSession the customer is not there, and cannot authenticate now
 */
public record Terms(String payerId, long amountCents, String currency, String reference, boolean isOffSession) {

    public static final String USD = "usd";

    /** What a reference of a purchase begins with. */
    public static final String PURCHASE = "purchase:";

    static final long LEAST_CENTS = 50;
    static final long MOST_CENTS = 99_999_999;

    private static final Pattern REFERENCE = Pattern.compile("[ -~]{1,400}");

    public Terms {
        if (amountCents != 0 && (amountCents < LEAST_CENTS || amountCents > MOST_CENTS)) {
            throw new IllegalArgumentException("an amount of " + amountCents + " cents");
        }
        if (!currency.equals(USD)) {
            throw new IllegalArgumentException("a currency other than " + USD);
        }
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("a reference of other than 1 to 400 printable characters");
        }
    }

    /** Whether somebody waits for it, so that it goes before what is charged in the background. */
    public boolean isUrgent() {
        return reference.startsWith(PURCHASE);
    }

    boolean isFree() {
        return amountCents == 0;
    }
}
