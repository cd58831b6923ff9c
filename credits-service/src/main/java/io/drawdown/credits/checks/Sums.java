package io.drawdown.credits.checks;

/**
 * Conservation, in micro-credits, which may be more than one amount can be: issued = on accounts + spent + expired.
 *
 * @param onAccounts Σ of what the documents hold; the rest comes from the ledger
 */
public record Sums(long issued, long onAccounts, long spent, long expired) {

    static final Sums NONE = new Sums(0, 0, 0, 0);

    Sums plus(Sums more) {
        return new Sums(
                Math.addExact(issued, more.issued),
                Math.addExact(onAccounts, more.onAccounts),
                Math.addExact(spent, more.spent),
                Math.addExact(expired, more.expired));
    }

    /** Whether every credit is accounted for. */
    public boolean isBalanced() {
        return issued == onAccounts + spent + expired;
    }
}
