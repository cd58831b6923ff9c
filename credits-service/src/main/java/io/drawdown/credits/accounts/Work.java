package io.drawdown.credits.accounts;

import io.smallrye.mutiny.subscription.UniEmitter;

/** One operation that waits for its answer; it gets exactly one. */
final class Work {

    final Command command;
    final long submittedNanos;
    private final UniEmitter<? super Reply> asker;
    private final Runnable whenAnswered;
    private boolean answered;

    Work(Command command, long submittedNanos, UniEmitter<? super Reply> asker, Runnable whenAnswered) {
        this.command = command;
        this.submittedNanos = submittedNanos;
        this.asker = asker;
        this.whenAnswered = whenAnswered;
    }

    boolean isAnswered() {
        return answered;
    }

    void answer(Reply reply) {
        if (!answered) {
            answered = true;
            whenAnswered.run();
            asker.complete(reply);
        }
    }

    void fail(Throwable fault) {
        if (!answered) {
            answered = true;
            whenAnswered.run();
            asker.fail(fault);
        }
    }
}
