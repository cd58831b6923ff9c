package io.drawdown.tasks.task;

/**
 * How often a task was attempted.
 *
 * @param life which life it is; a manual retry begins the next one
 * @param fence one more with each claim: a worker with a smaller one has lost its run
 * @param runs attempts that have begun in this life
 * @param retries attempts in this life that followed a failure
 * @param crashes attempts since the last orderly end in which the worker died
 */
public record Counters(int life, long fence, int runs, int retries, int crashes) {

    /** So many crashes may be the task's own fault. */
    public static final int SUSPECT = 2;

    /** With so many crashes, as the only suspect of each worker since it became one, it is to blame. */
    public static final int GUILTY = 3;

    static final Counters NEW = new Counters(1, 0, 0, 0, 0);

    Counters claimed() {
        return new Counters(life, fence + 1, runs + 1, retries, crashes);
    }

    Counters ended() {
        return new Counters(life, fence, runs, retries, 0);
    }

    Counters retried() {
        return new Counters(life, fence, runs, retries + 1, 0);
    }

    Counters withCrashes(int count) {
        return new Counters(life, fence, runs, retries, count);
    }

    Counters nextLife() {
        return new Counters(life + 1, fence + 1, 0, 0, 0);
    }

    boolean isSuspect() {
        return crashes >= SUSPECT;
    }
}
