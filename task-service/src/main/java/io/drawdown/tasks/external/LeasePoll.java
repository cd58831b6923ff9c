package io.drawdown.tasks.external;

import io.drawdown.kit.time.Scheduler.Timer;
import io.drawdown.tasks.run.ReadyQueue;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A worker that waits for tasks. */
final class LeasePoll {

    private final LeaseRequest request;
    private final LeaseSlots slots;
    private final UniEmitter<? super Leased> emitter;
    private Timer patience = () -> {};
    private boolean mayLease;
    private boolean isFirst;
    private boolean isRepeat;
    private boolean hasSuspect;
    private boolean isOver;

    LeasePoll(LeaseRequest request, UniEmitter<? super Leased> emitter) {
        this.request = request;
        this.slots = new LeaseSlots(request);
        this.emitter = emitter;
        this.isFirst = request.key() == null;
    }

    LeaseRequest request() {
        return request;
    }

    LeaseSlots slots() {
        return slots;
    }

    /** It has nothing under its key, so it may get new tasks, for as long as the timer runs. */
    void mayLease(boolean withoutSuspects, Timer timer) {
        mayLease = true;
        hasSuspect = withoutSuspects;
        patience = timer;
    }

    /** Whether it is known that no request before it had its key. */
    boolean isFirst() {
        return isFirst;
    }

    /** No request before it had its key. */
    void first() {
        isFirst = true;
    }

    /** A request before it had its key, so it leases nothing: it waits for the leases of that one. */
    void repeats() {
        isRepeat = true;
        mayLease = false;
    }

    boolean isRepeat() {
        return isRepeat;
    }

    /** It did not get a suspect, perhaps because its worker has one. */
    void lostSuspect() {
        hasSuspect = true;
    }

    /** It is answered as soon as nothing is known that it may get. */
    void waitIsOver() {
        isOver = true;
    }

    boolean isWaitOver() {
        return isOver;
    }

    boolean mayLeaseFrom(ReadyQueue queue) {
        return mayLease && isFor(queue) && !(hasSuspect && queue.isOfSuspects());
    }

    boolean isFor(ReadyQueue queue) {
        return request.types().contains(queue.type().name());
    }

    void answer(Leased leased) {
        patience.cancel();
        emitter.complete(leased);
    }

    void fail(Throwable fault) {
        patience.cancel();
        emitter.fail(fault);
    }

    /** Nobody hears an answer. */
    void leave() {
        patience.cancel();
    }
}
