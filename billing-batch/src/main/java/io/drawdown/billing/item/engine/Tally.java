package io.drawdown.billing.item.engine;

/** Counts what became of the items of a run. */
public interface Tally {

    /** Nothing is left to do with it. */
    void processed();

    void failed();

    void skipped();

    /** @param cents 0: it has a free place */
    void charged(long cents);
}
