package io.drawdown.simulator.credits;

import io.drawdown.contracts.Funding;
import io.drawdown.simulator.credits.Requests.Command;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Link.Answer;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Races that chance alone would seldom run: two instances, one of them slow, and an account that changes meanwhile. */
public final class Races {

    private static final int MOST_ARMED = 4;

    private final SimulationContext context;
    private final CreditsSide credits;
    private final Gateway gateway;
    private final SplittableRandom random;
    private int armed;

    public Races(SimulationContext context, CreditsSide credits, Gateway gateway) {
        this.context = context;
        this.credits = credits;
        this.gateway = gateway;
        this.random = context.random("races");
    }

    /**
     * One instance is slow to write a charge that the other one carries out at once, and by the time that it looks
     * again newer keys have pushed that of the charge out of the ring.
     */
    public void repeatWhileTheRingTurns(RandomGenerator random) {
        String account = gateway.account(random);
        CreditsHost fast = credits.any(random);
        CreditsHost slow = other(fast);
        gateway.requests.sendTo(fast, gateway.granting(account, gateway.grant(20, null, null, random)));
        later(200, () -> {
            slowDown(slow, CallFault.SLOW);
            Command twice = gateway.charge(account, 1);
            gateway.requests.sendTo(slow, twice);
            later(5, () -> gateway.requests.sendTo(fast, twice));
            for (int i = 1; i <= 10; i++) {
                Command next = gateway.charge(account, 1);
                later(40L * i, () -> gateway.requests.sendTo(fast, next));
            }
        });
    }

    /** While one instance waits for what it reads, credits expire, and the other one grants more. */
    public void changeWhileRead(RandomGenerator random) {
        String account = gateway.account(random);
        CreditsHost reader = credits.any(random);
        Instant end = credits.stores().database().now().plusMillis(700 + random.nextInt(800));
        gateway.requests.sendTo(other(reader), gateway.granting(account, gateway.grant(3, null, end, random)));
        Command tooMuch = gateway.charge(account, 5_000);
        later(300, () -> {
            slowDown(reader, CallFault.SLOW_ANSWER);
            gateway.requests.sendTo(reader, tooMuch);
        });
        Command more = gateway.granting(account, gateway.grant(1, null, null, random));
        later(320 + random.nextInt(300), () -> gateway.requests.sendTo(other(reader), more));
    }

    /** The next owner to whom it is said that there are no more credits hears it late; meanwhile more come. */
    public void overtakeNextExhaustion() {
        armed = Math.min(MOST_ARMED, armed + 1);
    }

    /** Where an answer to the owner of a session goes: straight to him, unless it is to be overtaken. */
    public Answer<Funding.Answer> onItsWay(String account, Answer<Funding.Answer> owner) {
        return armed == 0 ? owner : new Overtaken(account, owner);
    }

    private final class Overtaken implements Answer<Funding.Answer> {
        private final String account;
        private final Answer<Funding.Answer> owner;

        Overtaken(String account, Answer<Funding.Answer> owner) {
            this.account = account;
            this.owner = owner;
        }

        @Override
        public void complete(Funding.@Nullable Answer answer) {
            if (armed == 0 || answer == null || answer.outcome() != Funding.Outcome.EXHAUSTED) {
                owner.complete(answer);
                return;
            }
            armed--;
            context.counts.count("exhaustion overtaken");
            Command more = gateway.granting(account, gateway.grant(10 + random.nextInt(20), null, null, random));
            later(100 + random.nextInt(800), () -> gateway.requests.send(random, more));
            later(1_600 + random.nextInt(2_500), () -> owner.complete(answer));
        }

        @Override
        public void fail(Throwable fault) {
            owner.fail(fault);
        }
    }

    private CreditsHost other(CreditsHost host) {
        return credits.hosts().get(1 - credits.hosts().indexOf(host));
    }

    private void slowDown(CreditsHost host, CallFault how) {
        for (Link link : context.links()) {
            if (link.caller() == host.process() && link.name().endsWith("to accounts")) {
                link.order(how);
                link.order(how);
            }
        }
    }

    private void later(long millis, Runnable action) {
        context.timeline.after(millis * 1_000_000, action);
    }
}
