package io.drawdown.billing.batch;

/** How a process came to its end by itself. */
public sealed interface BatchResult {

    /** Nothing is left; the next run begins from the start. */
    record Completed() implements BatchResult {}

    /** There is more; the next run goes on at the cursor that was saved last. */
    record Partial() implements BatchResult {}

    /** Nothing was done, for that reason in one or two words, like {@code not_configured}; the cursor stays. */
    record Skipped(String reason) implements BatchResult {}

    static BatchResult completed() {
        return new Completed();
    }

    static BatchResult partial() {
        return new Partial();
    }

    static BatchResult skipped(String reason) {
        return new Skipped(reason);
    }
}
