package io.drawdown.billing.batch;

/** This instance does not have the run any more. A process lets it pass: whoever has the run goes on at the latest cursor. */
public final class RunLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunLost(String message) {
        super(message);
    }
}
