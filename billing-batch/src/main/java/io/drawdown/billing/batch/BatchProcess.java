package io.drawdown.billing.batch;

/**
 * One kind of work that is done again and again, in pages, within a time. One class is one process; a singleton bean that
 * implements this is found when the service starts.
 *
 * <p>In the whole installation it runs at most once at a time, on a virtual thread, so it may block. It may be killed at any
 * moment, and goes on at its latest cursor, perhaps in another instance. So what it does must bear to be done again from there.
 */
public interface BatchProcess {

    /** What a name may be. */
    String NAME_FORM = "[a-z][a-z0-9_]{0,63}";

    /** Names it in answers, metrics and addresses; see {@link #NAME_FORM}. No other process has it. */
    String name();

    /** When it runs by itself, if schedules are on. It runs at every request for all processes in any case. */
    default Schedule schedule() {
        return Schedule.never();
    }

    /**
     * Works until nothing is left, or until {@link BatchContext#mayGoOn} says no. An exception is the result of this process and of
     * no other: the cursor stays where it was saved last, and the next run goes on there.
     */
    BatchResult run(BatchContext context) throws Exception;
}
