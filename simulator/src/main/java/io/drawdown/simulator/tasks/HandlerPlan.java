package io.drawdown.simulator.tasks;

import io.drawdown.tasks.task.TaskDocument;
import java.util.random.RandomGenerator;

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
        /** It does three steps at once, and then fails so many times first. */
        PARALLEL,
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

    /** Some plan of a handler that kills nobody. */
    static HandlerPlan any(RandomGenerator random) {
        int kind = random.nextInt(20);
        int millis = random.nextInt(10) == 0 ? random.nextInt(6_000) : random.nextInt(400);
        if (kind < 10) {
            return new HandlerPlan(Kind.COMPLETE, millis, 0);
        }
        return switch (kind) {
            case 10, 11, 12 -> new HandlerPlan(Kind.FAIL, millis, random.nextInt(6));
            case 13, 14 -> new HandlerPlan(Kind.FAIL_FOR_EVER, millis, 0);
            case 15, 16, 17 -> new HandlerPlan(Kind.STEPS, millis, 0);
            case 18 -> new HandlerPlan(Kind.REPORT, millis, 0);
            default -> new HandlerPlan(Kind.IGNORE, millis, 0);
        };
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
