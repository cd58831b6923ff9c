package io.drawdown.simulator.tasks;

import io.drawdown.tasks.task.TaskDocument;

/**
 * What the simulated handler of a task does; it is the task's payload.
 *
 * @param millis how long it takes
 * @param times so many attempts fail first
 * @param request which request sent the task
 */
record HandlerPlan(Kind kind, long millis, int times, int request) {

    enum Kind {
        /** It completes, and stops soon if it is told to. */
        COMPLETE,
        /** It fails with a temporary failure. */
        FAIL,
        /** It fails with a permanent failure. */
        FAIL_FOR_EVER,
        /** It does three steps once and for all, then completes. */
        STEPS,
        /** It says how far it is. */
        REPORT,
        /** It completes, and does not listen when it is told to stop. */
        IGNORE,
        /** It kills its process. */
        KILL
    }

    static HandlerPlan of(TaskDocument task) {
        String[] words = task.spec().payload().replace("\"", "").split(" ", 4);
        return new HandlerPlan(
                Kind.valueOf(words[0]),
                Long.parseLong(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]));
    }

    HandlerPlan(Kind kind, long millis, int times) {
        this(kind, millis, times, 0);
    }

    HandlerPlan ofRequest(int number) {
        return new HandlerPlan(kind, millis, times, number);
    }

    String payload() {
        return "\"" + kind + " " + millis + " " + times + " " + request + "\"";
    }
}
