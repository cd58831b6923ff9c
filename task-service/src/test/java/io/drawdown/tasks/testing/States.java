package io.drawdown.tasks.testing;

import io.drawdown.tasks.task.Counters;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Keys;
import io.drawdown.tasks.task.Keys.Lease;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.Waits;
import java.util.List;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.FAILURE;
import static io.drawdown.tasks.testing.Tasks.fullSpec;
import static io.drawdown.tasks.testing.Tasks.moment;
import static io.drawdown.tasks.testing.Tasks.ordered;
import static io.drawdown.tasks.testing.Tasks.waiting;

/** A task in every state, with every field that it may have there. */
public enum States {
    SMALL {
        @Override
        TaskDocument changed() {
            return waiting(ID);
        }
    },
    SCHEDULED {
        @Override
        TaskDocument changed() {
            return Waits.queued(ID, fullSpec(AT), AT.plusSeconds(5), null);
        }
    },
    PENDING {
        @Override
        TaskDocument changed() {
            return Waits.queued(ID, fullSpec(AT), null, null);
        }
    },
    BLOCKED {
        @Override
        TaskDocument changed() {
            return ordered(ID, "order", 3);
        }
    },
    PROCESSING {
        @Override
        TaskDocument changed() {
            return worked();
        }
    },
    SUSPECT {
        @Override
        TaskDocument changed() {
            TaskDocument task = worked();
            return new TaskDocument(
                    task.id(),
                    task.revision(),
                    task.spec(),
                    new Processing("ext:a:b", AT, true, "ext:a:b", AT.plusSeconds(30)),
                    new Keys("unique", "running", new Order("order", 1L << 40), new Lease("slot", "request")),
                    new Counters(2, 1L << 40, 7, 1, 2),
                    task.history(),
                    task.outbox());
        }
    },
    RETRIED {
        @Override
        TaskDocument changed() {
            return Runs.fail(worked(), FAILURE, null, Policy.DEFAULT, moment(AT));
        }
    },
    CRASHED {
        @Override
        TaskDocument changed() {
            return Runs.crash(worked(), Policy.DEFAULT, AT);
        }
    },
    COMPLETED {
        @Override
        TaskDocument changed() {
            return Runs.complete(worked(), "{\"b\":2}", Policy.DEFAULT, AT);
        }
    },
    COMPLETED_WITHOUT_RESULT {
        @Override
        TaskDocument changed() {
            return Ends.dropResult(COMPLETED.changed());
        }
    },
    FAILED {
        @Override
        TaskDocument changed() {
            return Runs.fail(worked(), new TaskFailure(Reason.PERMANENT, null, null), null, Policy.DEFAULT, moment(AT));
        }
    },
    CANCELLED {
        @Override
        TaskDocument changed() {
            return Runs.cancel(worked(), Policy.DEFAULT, AT);
        }
    },
    DEAD {
        @Override
        TaskDocument changed() {
            Policy once = new Policy(
                    0,
                    Policy.DEFAULT.timeout(),
                    Policy.DEFAULT.firstBackoff(),
                    Policy.DEFAULT.longestBackoff(),
                    Policy.DEFAULT.resultTtl(),
                    Policy.DEFAULT.keep());
            return Runs.fail(smallRun(), FAILURE, null, once, moment(AT));
        }
    },
    REVIVED {
        @Override
        TaskDocument changed() {
            return Ends.revive(CANCELLED.changed(), new Order("order", 9), AT);
        }
    };

    private static final String ID = "tsk_state";

    abstract TaskDocument changed();

    /** The task as it is written. */
    public TaskDocument task() {
        return changed().written("0123456789abcdef", 0);
    }

    private static TaskDocument smallRun() {
        return Runs.claim(waiting(ID), "inc-1", AT);
    }

    private static TaskDocument worked() {
        Spec spec = fullSpec(AT);
        TaskDocument first = Runs.claim(Waits.queued(ID, spec, null, null), "inc-1", AT);
        TaskDocument second = Runs.claim(Runs.handBack(first, Policy.DEFAULT, AT), "inc-2", AT.plusMillis(1));
        TaskDocument stepped = Runs.recordStep(second, "charge", "{\"c\":3}");
        return Runs.report(stepped, new Progress(40, "half way"), List.of(new LogLine(AT, 1, "began")));
    }
}
