package io.drawdown.simulator.history;

import io.drawdown.simulator.world.CallFault;
import java.util.random.RandomGenerator;

/** Everything that can be done in {@link Scene#CREDITS}. */
enum CreditsAct implements Act {
    OPEN(Kind.USE, 3, (world, random) -> world.gateway.open(random)),
    OPEN_AT_ONCE(Kind.FAULT, 3, (world, random) -> world.gateway.openAtOnce(random)),
    TOP_UP(Kind.USE, 5, (world, random) -> world.gateway.topUp(random)),
    GRANT_THAT_EXPIRES(Kind.USE, 5, (world, random) -> world.gateway.grantThatExpires(random)),
    GRANT_FOR_LATER(Kind.USE, 2, (world, random) -> world.gateway.grantForLater(random)),
    CHARGE(Kind.USE, 6, (world, random) -> world.gateway.charge(random)),
    BURST(Kind.USE, 4, (world, random) -> world.gateway.burst(random)),
    REPEATED_KEY(Kind.FAULT, 5, (world, random) -> world.gateway.repeat(random)),
    REPEATED_WHILE_RING_TURNS(Kind.FAULT, 3, (world, random) -> world.races.repeatWhileTheRingTurns(random)),
    CHANGED_WHILE_READ(Kind.FAULT, 3, (world, random) -> world.races.changeWhileRead(random)),
    TOP_UP_OVERTAKES(Kind.FAULT, 3, (world, random) -> world.races.overtakeNextExhaustion()),
    REUSED_KEY(Kind.FAULT, 3, (world, random) -> world.gateway.reuse(random)),
    SUSPEND(Kind.USE, 2, (world, random) -> world.gateway.suspend(random)),
    REINSTATE(Kind.USE, 3, (world, random) -> world.gateway.reinstate(random)),
    CHANGE_PLAN(Kind.USE, 2, (world, random) -> world.gateway.changePlan(random)),
    CLOSE(Kind.USE, 1, (world, random) -> world.gateway.close(random)),
    NONSENSE(Kind.USE, 2, (world, random) -> world.gateway.nonsense(random)),
    CANCEL(Kind.USE, 2, (world, random) -> world.outcomes.cancel(random)),
    ASK_OUTCOME(Kind.USE, 1, (world, random) -> world.outcomes.ask(random)),
    LOOK(Kind.USE, 2, (world, random) -> world.gateway.look(random)),
    PAGE(Kind.USE, 2, (world, random) -> world.gateway.page(random)),
    CHECK(Kind.USE, 1, (world, random) -> world.gateway.check(random)),

    START(Kind.USE, 13, (world, random) -> world.clients.start(random)),
    PARALLEL_STARTS(Kind.FAULT, 3, (world, random) -> world.clients.parallelStarts(random)),
    START_AGAIN(Kind.FAULT, 4, (world, random) -> world.clients.startAgain(random)),
    RESUME(Kind.USE, 5, (world, random) -> world.clients.resume(random)),
    RESUME_WITH_WRONG_TOKEN(Kind.USE, 1, (world, random) -> world.clients.resumeWithWrongToken(random)),
    END(Kind.USE, 3, (world, random) -> world.clients.end(random)),
    END_TWICE(Kind.FAULT, 3, (world, random) -> world.clients.endTwice(random)),
    END_BY_REST(Kind.USE, 2, (world, random) -> world.clients.endByRest(random)),
    END_UNANSWERED(Kind.FAULT, 3, (world, random) -> world.endUnanswered(random)),
    PAUSE(Kind.USE, 3, (world, random) -> world.clients.pause(random)),
    MEDIA_STALL(Kind.FAULT, 4, (world, random) -> world.clients.stallMedia(random)),
    CLOSE_1000(Kind.USE, 2, (world, random) -> world.clients.closeNormally(random)),
    BREAK(Kind.FAULT, 3, (world, random) -> world.clients.breakOff(random)),
    VANISH(Kind.FAULT, 3, (world, random) -> world.clients.vanish(random)),
    HALF_OPEN_SOCKET(Kind.FAULT, 3, (world, random) -> world.clients.halfOpen(random)),
    SILENT_SOCKET(Kind.FAULT, 3, (world, random) -> world.clients.silent(random)),
    SLOW_SOCKET(Kind.FAULT, 3, (world, random) -> world.clients.slow(random)),
    STRANGER(Kind.USE, 3, (world, random) -> world.clients.stranger(random)),
    READ_SESSION(Kind.USE, 1, (world, random) -> world.clients.read(random)),
    LIST_SESSIONS(Kind.USE, 1, (world, random) -> world.clients.list(random)),
    GRACEFUL_STOP(Kind.FAULT, 3, (world, random) -> world.stopGracefully(random)),
    ZOMBIE(Kind.FAULT, 3, (world, random) -> world.sessions.any(random).replaceSleeper(random)),
    CUT_OFF_OWNER(Kind.FAULT, 3, (world, random) -> world.sessions.any(random).replaceWhileCutOff(random)),
    INSTANCE_LOST(Kind.FAULT, 3, (world, random) -> world.sessions.any(random).loseMachine(random)),
    OWNER_WITHOUT_DATABASE(
            Kind.FAULT, 3, (world, random) -> world.sessions.any(random).loseDatabase(random)),
    BROKER_AWAY(Kind.FAULT, 3, (world, random) -> world.sessions.loseBroker(random)),
    CREDITS_AWAY(Kind.FAULT, 3, (world, random) -> world.sessions.any(random).loseCredits(random)),
    ACCOUNT_EVENTS_LOST(
            Kind.FAULT, 3, (world, random) -> world.sessions.any(random).loseEvents(random)),
    ACCOUNT_EVENTS_LATE(
            Kind.FAULT, 3, (world, random) -> world.sessions.any(random).delayEvents(random)),

    GATEWAY_STARTS(Kind.USE, 6, (world, random) -> world.reporters.start(random)),
    GATEWAY_STARTS_AGAIN(Kind.FAULT, 3, (world, random) -> world.reporters.startAgain(random)),
    GATEWAY_STATES_AT_ONCE(Kind.FAULT, 3, (world, random) -> world.reporters.stateAtOnce(random)),
    GATEWAY_STATES_OLD_TOTAL(Kind.FAULT, 3, (world, random) -> world.reporters.stateOld(random)),
    GATEWAY_PAUSES(Kind.USE, 3, (world, random) -> world.reporters.pauseOrGoOn(random)),
    GATEWAY_ENDS(Kind.USE, 2, (world, random) -> world.reporters.end(random)),
    GATEWAY_SILENT(Kind.FAULT, 3, (world, random) -> world.reporters.keepSilent(random)),

    OWNER_STARTS(Kind.USE, 2, (world, random) -> world.owners.start(random)),
    OWNER_TAKEN_OVER(Kind.FAULT, 3, (world, random) -> world.owners.takeOver(random)),
    OWNER_REQUEST_AGAIN(Kind.FAULT, 3, (world, random) -> world.owners.requestAgain(random)),
    OWNER_GIVES_UP(Kind.USE, 1, (world, random) -> world.owners.giveUpAStart(random)),
    OWNER_ENDS(Kind.USE, 1, (world, random) -> world.owners.end(random)),

    REQUEST_REFUSED(Kind.FAULT, 3, (world, random) -> world.chaos.order(CallFault.REFUSED, random)),
    REQUEST_LOST(Kind.FAULT, 3, (world, random) -> world.chaos.order(CallFault.REQUEST_LOST, random)),
    ANSWER_LOST(Kind.FAULT, 4, (world, random) -> world.chaos.order(CallFault.ANSWER_LOST, random)),
    WRITE_ARRIVES_LATE(Kind.FAULT, 4, (world, random) -> world.chaos.order(CallFault.LATE, random)),
    ROLLED_BACK(Kind.FAULT, 3, (world, random) -> world.chaos.orderAtAStore(CallFault.ROLLED_BACK, random)),
    STALE_READ(Kind.FAULT, 4, (world, random) -> world.chaos.orderAtAStore(CallFault.STALE, random)),
    LOST_RACE(Kind.FAULT, 3, (world, random) -> world.chaos.orderAtAStore(CallFault.LOST_RACE, random)),
    SLOW_CALL(Kind.FAULT, 3, (world, random) -> world.chaos.order(CallFault.SLOW, random)),
    SLOW_ANSWER(Kind.FAULT, 3, (world, random) -> world.chaos.order(CallFault.SLOW_ANSWER, random)),
    OLD_ANSWER_OF_CREDITS(Kind.FAULT, 3, (world, random) -> world.chaos.orderForAnAsker(CallFault.SLOW_ANSWER, random)),
    REQUEST_TWICE(Kind.FAULT, 3, (world, random) -> world.chaos.orderForAnAsker(CallFault.TWICE, random)),
    CONNECTION_DOWN(Kind.FAULT, 3, (world, random) -> world.chaos.down(random)),
    CRASH(Kind.FAULT, 3, (world, random) -> world.chaos.crash(random)),
    FREEZE(Kind.FAULT, 3, (world, random) -> world.chaos.freeze(random)),
    CLOCK_STEP(Kind.FAULT, 3, (world, random) -> world.chaos.stepClock(random)),
    CLOCK_SKEW(Kind.FAULT, 3, (world, random) -> world.chaos.skewClock(random)),

    MESSAGE_DUPLICATED(Kind.FAULT, 3, (world, random) -> world.messages.duplicate(random)),
    MESSAGE_DELAYED(Kind.FAULT, 3, (world, random) -> world.messages.delay(random)),
    MESSAGES_REORDERED(Kind.FAULT, 3, (world, random) -> world.messages.reorder(random)),
    MESSAGE_REDELIVERED(Kind.FAULT, 3, (world, random) -> world.messages.rewind(random)),
    REBALANCE(Kind.FAULT, 3, (world, random) -> world.messages.rebalance(random)),
    UNREADABLE_RECORD(Kind.FAULT, 3, (world, random) -> world.messages.addUnreadableRecord(random)),

    PASS(Kind.USE, 4, (world, random) -> {});

    private final Kind kind;
    private final int weight;
    private final Effect effect;

    private interface Effect {
        void in(CreditsWorld world, RandomGenerator random);
    }

    CreditsAct(Kind kind, int weight, Effect effect) {
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
        effect.in((CreditsWorld) world, random);
    }
}
