package io.drawdown.tasks.external;

import io.drawdown.tasks.run.ReadyQueue;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A worker that waits for tasks. */
final class LeasePoll {

    private final LeaseRequest request;
    private final LeaseSlots slots;
    private final UniEmitter<? super Leased> emitter;
    private boolean mayLease;
    private boolean hasSuspect;
    private boolean isOver;

    LeasePoll(LeaseRequest request, UniEmitter<? super Leased> emitter) {
        this.request = request;
        this.slots = new LeaseSlots(request);
        this.emitter = emitter;
    }

    LeaseRequest request() {
        return request;
    }

    LeaseSlots slots() {
        return slots;
    }

    /** It has nothing under its key, so it may get new tasks. */
    void mayLease(boolean withoutSuspects) {
        mayLease = true;
        hasSuspect = withoutSuspects;
    }

    /** It is answered as soon as nothing is known that it may get. */
    void waitIsOver() {
        isOver = true;
    }

    boolean isWaitOver() {
        return isOver && mayLease;
    }

    boolean mayLeaseFrom(ReadyQueue queue) {
        return mayLease && isFor(queue) && !(hasSuspect && queue.isOfSuspects());
    }

    boolean isFor(ReadyQueue queue) {
        return request.types().contains(queue.type().name());
    }

    void answer(Leased leased) {
        emitter.complete(leased);
    }

    void fail(Throwable fault) {
        emitter.fail(fault);
    }
}
