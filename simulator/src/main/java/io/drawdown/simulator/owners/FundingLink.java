package io.drawdown.simulator.owners;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.sessions.SessionFunding;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.time.Timeout;
import io.drawdown.simulator.credits.CreditsHost;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.credits.Faults;
import io.drawdown.simulator.invariants.AnswerInvariants;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** credits-service as one process reaches it: through any instance, with a time limit for each call. */
final class FundingLink {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SimulationContext context;
    private final CreditsSide credits;
    private final Link link;
    private final RandomGenerator balancer;
    private final Timeout timeout;

    FundingLink(SimulationContext context, CreditsSide credits, Link link) {
        this.context = context;
        this.credits = credits;
        this.link = link;
        this.balancer = context.random(link.name() + " balancer");
        this.timeout = new Timeout(link.caller(), PATIENCE);
    }

    /**
     * A request that can be sent any number of times.
     *
     * @param epoch that the request states, or {@link AnswerInvariants#NO_EPOCH}
     */
    record Request(
            String account,
            String session,
            long epoch,
            String what,
            Function<SessionFunding, Uni<Funding.Answer>> question) {

        Uni<Funding.Answer> ask(CreditsCore core) {
            return question.apply(core.commands().sessions());
        }
    }

    static Request start(Ownership mine) {
        Funding.Start start = new Funding.Start(mine.account(), mine.kind());
        return new Request(
                mine.account(),
                mine.session(),
                AnswerInvariants.NO_EPOCH,
                "starts " + mine.session(),
                sessions -> sessions.start(mine.session(), start));
    }

    /** Cancels a start: it never happens, or it has happened already. */
    Request cancelStart(Request start) {
        Funding.CancelStart cancel = new Funding.CancelStart(start.account());
        return new Request(
                start.account(),
                start.session(),
                AnswerInvariants.NO_EPOCH,
                "gives up the start of " + start.session(),
                sessions -> sessions.cancelStart(start.session(), cancel).invoke(answer -> cancelled(start, answer)));
    }

    private void cancelled(Request start, Funding.Answer answer) {
        if (answer.outcome() == Funding.Outcome.CANCELLED) {
            context.counts.count("start cancelled");
            String key = IdempotencyKey.internal(start.account(), start.session() + ":start")
                    .hash();
            credits.operations().cancelled(start.account(), key);
        }
    }

    static Request renew(Ownership mine, long usedMillis) {
        Funding.Renew renew = new Funding.Renew(mine.account(), mine.epoch(), usedMillis);
        return new Request(
                mine.account(),
                mine.session(),
                mine.epoch(),
                "renews " + mine.session() + " with " + renew,
                sessions -> sessions.renew(mine.session(), renew));
    }

    static Request giveBack(Ownership mine, ServedTime lowered) {
        Funding.GiveBack given = new Funding.GiveBack(
                mine.account(), mine.epoch(), lowered.cut(), lowered.usedMillis(), lowered.fundedMillis());
        return new Request(
                mine.account(),
                mine.session(),
                mine.epoch(),
                "gives back of " + mine.session() + " with " + given,
                sessions -> sessions.giveBack(mine.session(), given));
    }

    static Request takeover(Ownership mine) {
        long proofEpoch = mine.proof() == null ? mine.epoch() - 1 : mine.proof().epoch();
        long proofUsed = mine.proof() == null ? 0 : mine.proof().usedMillis();
        Funding.Takeover takeover = new Funding.Takeover(mine.account(), mine.epoch(), proofEpoch, proofUsed);
        return new Request(
                mine.account(),
                mine.session(),
                mine.epoch(),
                "takes over " + mine.session() + " with " + takeover,
                sessions -> sessions.takeover(mine.session(), takeover));
    }

    /** Asks for the release with the end that the last owner stored. */
    static Request release(Ownership mine) {
        Ownership.End end = Objects.requireNonNull(mine.end());
        Funding.Release release = new Funding.Release(mine.account(), mine.epoch(), end.totalMillis(), end.reason());
        return new Request(
                mine.account(),
                mine.session(),
                mine.epoch(),
                "releases " + mine.session() + " with " + release,
                sessions -> sessions.release(mine.session(), release));
    }

    Uni<Funding.Answer> ask(Request request) {
        CreditsHost host = credits.any(balancer);
        context.trace.say(link.caller().name(), () -> request.what() + ", by " + host.name());
        Uni<Funding.Answer> answer = link.write((callFault, back) -> host.serve(
                request::ask,
                (window, item) ->
                        credits.answers().check(request.account(), request.session(), request.epoch(), window, item),
                back));
        return timeout.limit(answer)
                .invoke(item -> heard(request, item))
                .onFailure()
                .invoke(this::failed);
    }

    private void heard(Request request, Funding.Answer answer) {
        HoldView hold = answer.hold();
        context.trace.say(
                link.caller().name(), () -> "hears: " + request.what() + " → " + answer.outcome() + ", " + hold);
    }

    private void failed(Throwable fault) {
        context.findings.expect(
                Faults.isExpected(fault), "a call fails only because something is away", fault::toString);
    }
}
