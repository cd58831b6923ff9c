package io.drawdown.simulator.sessions;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.ServerClock;
import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.commit.AccountBusy;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.decision.SessionKeys;
import io.drawdown.credits.sessions.SessionFunding;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Timeout;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.simulator.credits.CreditsHost;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.credits.Races;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.invariants.AnswerInvariants;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.Timeline;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** credits-service as one process reaches it: any instance, through a balancer. A call that takes too long is given up. */
final class CreditsOverHttp implements CreditsClient {

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    private final Link link;
    private final Place place;
    private final RandomGenerator balancer;
    private final Timeline timeline;
    private final List<Watcher> watchers;
    private final Timeout timeout;
    private final ServerClock clock;

    /** The instance that is asked, and the link of its answers. */
    record Place(CreditsSide credits, Races races) {}

    CreditsOverHttp(Link link, Place place, RandomGenerator balancer, Timeline timeline, List<Watcher> watchers) {
        this.link = link;
        this.place = place;
        this.balancer = balancer;
        this.timeline = timeline;
        this.watchers = watchers;
        this.timeout = new Timeout(link.caller(), READ_TIMEOUT);
        this.clock = new ServerClock(timeline::nanos);
    }

    @Override
    public Uni<Funding.Answer> start(String sessionId, Funding.Start request, @Nullable TraceContext trace) {
        return ask(
                request.accountId(),
                sessionId,
                AnswerInvariants.NO_EPOCH,
                sessions -> sessions.start(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> cancelStart(String sessionId, Funding.CancelStart request) {
        return ask(
                request.accountId(),
                sessionId,
                AnswerInvariants.NO_EPOCH,
                sessions -> sessions.cancelStart(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> renew(String sessionId, Funding.Renew request, @Nullable TraceContext trace) {
        tell(sessionId, request.epoch(), request.usedMillis());
        return ask(request.accountId(), sessionId, request.epoch(), sessions -> sessions.renew(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> giveBack(String sessionId, Funding.GiveBack request) {
        place.credits().statements().state(sessionId, request.epoch(), request.usedMillis());
        watchers.forEach(watcher -> watcher.givesBack(sessionId, request));
        return ask(request.accountId(), sessionId, request.epoch(), sessions -> sessions.giveBack(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> takeover(String sessionId, Funding.Takeover request) {
        return ask(request.accountId(), sessionId, request.epoch(), sessions -> sessions.takeover(sessionId, request));
    }

    @Override
    public Uni<Funding.Answer> release(String sessionId, Funding.Release request, @Nullable TraceContext trace) {
        tell(sessionId, request.epoch(), request.usedMillis());
        return ask(request.accountId(), sessionId, request.epoch(), sessions -> sessions.release(sessionId, request));
    }

    @Override
    public Uni<Granting.StandingStatus> standing(String accountId) {
        CreditsHost host = place.credits().any(balancer);
        BiConsumer<Window, Optional<AccountSummary>> check = (window, found) ->
                found.ifPresent(each -> place.credits().answers().check(accountId, window, each));
        Uni<Optional<AccountSummary>> answer =
                link.write((callFault, back) -> host.serve(core -> core.account(accountId), check, back));
        return timeout.limit(answer)
                .map(CreditsOverHttp::standing)
                .invoke(status -> watchers.forEach(each -> each.standing(accountId, status)));
    }

    private static Granting.StandingStatus standing(Optional<AccountSummary> found) {
        return found.map(each -> switch (each.account().status()) {
                    case ACTIVE -> Granting.StandingStatus.ACTIVE;
                    case SUSPENDED -> Granting.StandingStatus.SUSPENDED;
                    case CLOSED -> Granting.StandingStatus.CLOSED;
                })
                .orElse(Granting.StandingStatus.MISSING);
    }

    private void tell(String sessionId, long epoch, long usedMillis) {
        place.credits().statements().state(sessionId, epoch, usedMillis);
        watchers.forEach(watcher -> watcher.toldCredits(sessionId, usedMillis));
    }

    private Uni<Funding.Answer> ask(
            String account, String session, long epoch, Function<SessionFunding, Uni<Funding.Answer>> question) {
        Process owner = link.caller();
        long asked = timeline.nanos();
        CreditsHost host = place.credits().any(balancer);
        BiConsumer<Window, Funding.Answer> check =
                (window, item) -> place.credits().answers().check(account, session, epoch, window, item);
        Instant deadline = clock.deadline(READ_TIMEOUT).orElse(null);
        if (epoch == AnswerInvariants.NO_EPOCH) {
            host.isAsked(account, SessionKeys.start(account, session), deadline);
        }
        Function<CreditsCore, Uni<Funding.Answer>> inTime = core -> question.apply(
                        core.commands(new RequestContext(deadline, null)).sessions())
                .onTermination()
                .invoke(() -> clock.learn(host.time().now().toString()));
        boolean[] isDoubled = {false};
        Uni<Funding.Answer> answer = link.write((callFault, back) -> {
            isDoubled[0] |= callFault == CallFault.TWICE;
            host.serve(inTime, check, place.races().onItsWay(account, back));
        });
        return timeout.limit(answer)
                .onFailure()
                .invoke(fault -> watchers.forEach(each -> each.unanswered(owner, session, isDoubled[0])))
                .invoke(item -> heard(new Watcher.Answered(owner, session, epoch, item, asked, timeline.nanos())))
                .onFailure(AccountBusy.class)
                .transform(busy -> new Unavailable("credits-service answered 503", busy));
    }

    private void heard(Watcher.Answered answered) {
        watchers.forEach(watcher -> watcher.answered(answered));
    }
}
