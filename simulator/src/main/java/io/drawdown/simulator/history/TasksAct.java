package io.drawdown.simulator.history;

import io.drawdown.simulator.world.CallFault;
import java.util.random.RandomGenerator;

/** Everything that can be done in {@link Scene#TASKS}. */
enum TasksAct implements Act {
    SEND(Kind.USE, 12, (world, random) -> world.senders.send(random)),
    SEND_MANY(Kind.USE, 4, (world, random) -> world.senders.burst(random)),
    SEND_LATER(Kind.USE, 5, (world, random) -> world.senders.sendLater(random)),
    SEND_ORDERED(Kind.USE, 9, (world, random) -> world.senders.sendOrdered(random)),
    SEND_UNIQUE(Kind.USE, 5, (world, random) -> world.senders.sendUnique(random)),
    SEND_KEYED(Kind.USE, 4, (world, random) -> world.senders.sendKeyed(random)),
    SEND_EXPIRING(Kind.USE, 3, (world, random) -> world.senders.sendExpiring(random)),
    SEND_WITH_TIMEOUT(Kind.USE, 3, (world, random) -> world.senders.sendWithTimeout(random)),
    SEND_KILLER(Kind.USE, 1, (world, random) -> world.senders.sendKiller(random)),
    SEND_PARALLEL(Kind.USE, 2, (world, random) -> world.senders.sendParallel(random)),
    SEND_ELSEWHERE(Kind.USE, 7, (world, random) -> world.senders.sendElsewhere(random)),
    REMOTE_WORKER(Kind.USE, 9, (world, random) -> world.tasks.remoteWorkers().come(random)),
    RACE_FOR_A_UNIQUE_KEY(Kind.FAULT, 3, (world, random) -> world.senders.raceForUnique(random)),
    REPEATED_KEY(Kind.FAULT, 4, (world, random) -> world.senders.repeat(random)),
    REUSED_KEY(Kind.FAULT, 2, (world, random) -> world.senders.reuseKey(random)),
    CANCEL(Kind.USE, 8, (world, random) -> world.senders.cancel(random)),
    REPLAY(Kind.USE, 4, (world, random) -> world.senders.replay(random)),
    RUN_NOW(Kind.USE, 2, (world, random) -> world.senders.runNow(random)),
    PAUSE(Kind.USE, 2, (world, random) -> world.switchers.pause(random)),
    RESUME(Kind.USE, 3, (world, random) -> world.switchers.resume(random)),
    MOVE(Kind.USE, 2, (world, random) -> world.senders.move(random)),

    REQUEST_REFUSED(Kind.FAULT, 2, (world, random) -> world.chaos.order(CallFault.REFUSED, random)),
    REQUEST_LOST(Kind.FAULT, 3, (world, random) -> world.chaos.order(CallFault.REQUEST_LOST, random)),
    ANSWER_LOST(Kind.FAULT, 6, (world, random) -> world.chaos.order(CallFault.ANSWER_LOST, random)),
    WRITE_ARRIVES_LATE(Kind.FAULT, 6, (world, random) -> world.chaos.order(CallFault.LATE, random)),
    REQUEST_TWICE(Kind.FAULT, 3, (world, random) -> world.chaos.order(CallFault.TWICE, random)),
    ROLLED_BACK(Kind.FAULT, 3, (world, random) -> world.chaos.orderAtAStore(CallFault.ROLLED_BACK, random)),
    STALE_READ(Kind.FAULT, 3, (world, random) -> world.chaos.orderAtAStore(CallFault.STALE, random)),
    LOST_RACE(Kind.FAULT, 3, (world, random) -> world.chaos.orderAtAStore(CallFault.LOST_RACE, random)),
    SLOW_CALL(Kind.FAULT, 4, (world, random) -> world.chaos.order(CallFault.SLOW, random)),
    SLOW_ANSWER(Kind.FAULT, 4, (world, random) -> world.chaos.order(CallFault.SLOW_ANSWER, random)),
    CONNECTION_DOWN(Kind.FAULT, 3, (world, random) -> world.chaos.down(random)),
    INSTANCE_CUT_OFF(Kind.FAULT, 2, (world, random) -> world.tasks.cutOff(random)),
    ANSWERS_OF_THE_STORE_LOST(Kind.FAULT, 5, (world, random) -> world.tasks.loseAnswers(random)),
    DATABASE_AWAY(Kind.FAULT, 2, (world, random) -> world.tasks.loseDatabase(random)),
    BROKER_AWAY(Kind.FAULT, 2, (world, random) -> world.tasks.loseBroker(random)),
    CRASH(Kind.FAULT, 6, (world, random) -> world.chaos.crash(random)),
    FREEZE(Kind.FAULT, 5, (world, random) -> world.chaos.freeze(random)),
    CLAIM_LANDS_AFTER_FENCING(Kind.FAULT, 2, (world, random) -> world.senders.sendThroughTheDying(random)),
    GRACEFUL_STOP(Kind.FAULT, 3, (world, random) -> world.tasks.stopGracefully(random)),
    CLOCK_STEP(Kind.FAULT, 2, (world, random) -> world.chaos.stepClock(random)),
    CLOCK_SKEW(Kind.FAULT, 2, (world, random) -> world.chaos.skewClock(random)),

    PASS(Kind.USE, 4, (world, random) -> {});

    private final Kind kind;
    private final int weight;
    private final Effect effect;

    private interface Effect {
        void in(TasksWorld world, RandomGenerator random);
    }

    TasksAct(Kind kind, int weight, Effect effect) {
        this.kind = kind;
        this.weight = weight;
        this.effect = effect;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public void in(World world, RandomGenerator random) {
        effect.in((TasksWorld) world, random);
    }
}
