package io.drawdown.simulator.history;

import io.drawdown.simulator.world.CallFault;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What a step of a history of billing-batch can do. */
enum BillingAct implements Act {
    QUEUE(Kind.USE, 16, (world, random) -> world.billing.customers().queue(random)),
    RUN(Kind.USE, 18, (world, random) -> world.billing.customers().run(random)),
    PROCESS_NOW(Kind.USE, 8, (world, random) -> world.billing.customers().processNow(random)),
    CANCEL(Kind.USE, 5, (world, random) -> world.billing.customers().cancel(random)),
    DECIDE(Kind.USE, 3, (world, random) -> world.billing.customers().decide(random)),
    TELL(Kind.USE, 4, (world, random) -> world.billing.customers().tell(random)),
    ATTACH(Kind.USE, 6, (world, random) -> world.billing.customers().attach(random)),
    DETACH(Kind.USE, 2, (world, random) -> world.billing.customers().detach(random)),
    BUY(Kind.USE, 5, (world, random) -> world.billing.buyers().buy(random)),
    TOP_UP(Kind.USE, 4, (world, random) -> world.billing.buyers().topUp(random)),
    SPEND(Kind.USE, 6, (world, random) -> world.billing.buyers().spend(random)),
    ACCOUNT_CLOSED(Kind.USE, 2, (world, random) -> world.billing.buyers().close(random)),
    CARD_TURNS(Kind.USE, 6, (world, random) -> world.billing.bank().cardTurns(random)),
    BANK_ACTS(Kind.USE, 4, (world, random) -> world.billing.bank().acts(random)),
    CANCELLED_AT_STRIPE(Kind.USE, 2, (world, random) -> world.billing.bank().cancels(random)),
    REFUND(Kind.USE, 3, (world, random) -> world.billing.bank().refunds(random)),
    HOURS_PASS(Kind.USE, 4, (world, random) -> world.billing.faults().sleep(Duration.ofHours(1 + random.nextInt(26)))),
    DAYS_PASS(Kind.USE, 3, (world, random) -> world.billing.faults().sleep(Duration.ofDays(1 + random.nextInt(31)))),

    REQUEST_REFUSED(Kind.FAULT, 3, (world, random) -> world.chaos.order(CallFault.REFUSED, random)),
    REQUEST_LOST(Kind.FAULT, 5, (world, random) -> world.chaos.order(CallFault.REQUEST_LOST, random)),
    ANSWER_LOST(Kind.FAULT, 9, (world, random) -> world.chaos.order(CallFault.ANSWER_LOST, random)),
    WRITE_ARRIVES_LATE(Kind.FAULT, 9, (world, random) -> world.chaos.order(CallFault.LATE, random)),
    REQUEST_TWICE(Kind.FAULT, 7, (world, random) -> world.chaos.order(CallFault.TWICE, random)),
    ROLLED_BACK(Kind.FAULT, 7, (world, random) -> world.chaos.orderAtAStore(CallFault.ROLLED_BACK, random)),
    STALE_READ(Kind.FAULT, 8, (world, random) -> world.chaos.orderAtAStore(CallFault.STALE, random)),
    LOST_RACE(Kind.FAULT, 7, (world, random) -> world.chaos.orderAtAStore(CallFault.LOST_RACE, random)),
    SLOW_CALL(Kind.FAULT, 8, (world, random) -> world.chaos.order(CallFault.SLOW, random)),
    SLOW_ANSWER(Kind.FAULT, 8, (world, random) -> world.chaos.order(CallFault.SLOW_ANSWER, random)),
    CONNECTION_DOWN(Kind.FAULT, 3, (world, random) -> world.chaos.down(random)),
    INSTANCE_CUT_OFF(Kind.FAULT, 3, (world, random) -> world.billing.faults().cutOff(random)),
    DATABASE_AWAY(Kind.FAULT, 3, (world, random) -> world.billing.faults().loseDatabase(random)),
    BROKER_AWAY(Kind.FAULT, 3, (world, random) -> world.billing.faults().loseBroker(random)),
    STRIPE_AWAY(Kind.FAULT, 3, (world, random) -> world.billing.faults().loseStripe(random)),
    STRIPE_SLOW(Kind.FAULT, 4, (world, random) -> world.billing.slowStripe(random)),
    RUNNER_FROZEN(Kind.FAULT, 4, (world, random) -> world.billing.faults().freezeRunner(random)),
    CRASH(Kind.FAULT, 7, (world, random) -> world.chaos.crash(random)),
    FREEZE(Kind.FAULT, 6, (world, random) -> world.chaos.freeze(random)),
    CLOCK_SKEW(Kind.FAULT, 3, (world, random) -> world.chaos.skewClock(random)),

    PASS(Kind.USE, 4, (world, random) -> {});

    private final Kind kind;
    private final int weight;
    private final Effect effect;

    private interface Effect {
        void in(BillingWorld world, RandomGenerator random);
    }

    BillingAct(Kind kind, int weight, Effect effect) {
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
        effect.in((BillingWorld) world, random);
    }
}
