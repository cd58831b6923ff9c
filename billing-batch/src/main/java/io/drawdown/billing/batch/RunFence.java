package io.drawdown.billing.batch;

/**
 * What a process that changes documents by guarded writes writes them under: {@link BatchContext#effect} asks once before an effect,
 * this is asked before each write. A document keeps the greatest number that has written it, and refuses a smaller one.
 *
 * <p>Both methods are called on the core's thread, and never block.
 */
public interface RunFence {

    /** One more with each run and each takeover. */
    long number();

    /** Whether this runner still has its lease, so that no other can have its run. */
    boolean mayWrite();
}
