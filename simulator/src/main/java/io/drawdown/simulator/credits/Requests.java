package io.drawdown.simulator.credits;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.ServerClock;
import io.drawdown.credits.AccountCommands;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.commit.AccountBusy;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.simulator.invariants.AccountStates;
import io.drawdown.simulator.invariants.AccountStates.Window;
import io.drawdown.simulator.invariants.AnswerInvariants.Asked;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends the requests of a gateway to some instance of credits-service, and checks the answers. */
final class Requests {

    private final SimulationContext context;
    private final CreditsSide credits;
    private final List<Link> lines;
    private final ServerClock clock;
    private final RandomGenerator patience;
    private final Map<Key, Integer> chances = new HashMap<>();
    private final Map<Key, Integer> denials = new HashMap<>();
    private final List<Command> denied = new ArrayList<>();

    /** What is told to the accounts, whatever the answer is. */
    interface Question extends Function<AccountCommands, Uni<? extends Reply<?>>> {}

    /**
     * What changes an account.
     *
     * @param key by which it happens once
     * @param status that it leads to, if so
     * @param opening hash of what the account is to begin with, if so
     */
    record Command(
            String account,
            String what,
            @Nullable Key key,
            @Nullable AccountStatus status,
            @Nullable String opening,
            Question question) {

        static Command opening(String account, String opening, Question question) {
            return new Command(account, "opens " + account, null, null, opening, question);
        }

        Uni<Reply<?>> tell(AccountCommands accounts) {
            return question.apply(accounts).map(reply -> (Reply<?>) reply);
        }

        /** What happens once, by this key. */
        static Command keyed(String account, String what, Key key, Question question) {
            return new Command(account, what, key, null, null, question);
        }
    }

    Requests(SimulationContext context, CreditsSide credits) {
        this.context = context;
        this.credits = credits;
        Process process = new Process("gateway", context.timeline);
        clock = new ServerClock(context.timeline::nanos);
        patience = context.random("patience of the gateway");
        lines = credits.hosts().stream()
                .map(host -> context.link(host.name(), process))
                .toList();
    }

    void send(RandomGenerator random, Command command) {
        sendTo(credits.any(random), command);
    }

    void sendTo(CreditsHost host, Command command) {
        Key key = command.key();
        if (key != null) {
            chances.merge(key, 1, Integer::sum);
        }
        BiConsumer<Window, Reply<?>> check = (window, reply) -> credits.answers()
                .check(
                        new Asked(command.account(), command.what(), key, command.status(), command.opening(), window),
                        reply);
        ask(host, command.what(), key, inTime(host, command), check)
                .subscribe()
                .with(reply -> refused(command, reply), fault -> failed(command, fault));
    }

    /** Some requests state a deadline. */
    private Function<CreditsCore, Uni<Reply<?>>> inTime(CreditsHost host, Command command) {
        Key key = command.key();
        if (key == null) {
            return core -> command.tell(core.commands());
        }
        Instant deadline = patience.nextInt(4) == 0
                ? clock.deadline(Duration.ofMillis(20 + patience.nextInt(800))).orElse(null)
                : null;
        host.isAsked(command.account(), key.hash(), deadline);
        if (deadline != null) {
            context.counts.count("request with a deadline");
        }
        return core -> command.tell(core.commands(new RequestContext(deadline, null)))
                .onFailure(Unavailable.class)
                .invoke(fault -> refusedFor(deadline, host))
                .onTermination()
                .invoke(() -> clock.learn(host.time().now().toString()));
    }

    private void refusedFor(@Nullable Instant deadline, CreditsHost host) {
        if (deadline != null && host.time().now().isAfter(deadline)) {
            context.counts.count("request too late");
        }
    }

    private void refused(Command command, Reply<?> reply) {
        if (reply instanceof Reply.Refused<?>) {
            deny(command);
        }
    }

    private void failed(Command command, Throwable fault) {
        if (fault instanceof Unavailable || fault instanceof AccountBusy) {
            deny(command);
        }
    }

    private void deny(Command command) {
        Key key = command.key();
        if (key != null) {
            denied.add(command);
            denials.merge(key, 1, Integer::sum);
        }
    }

    /** Asks a question that changes nothing. Only {@code check} looks at the answer. */
    <T> void look(
            RandomGenerator random, String what, Function<CreditsCore, Uni<T>> question, BiConsumer<Window, T> check) {
        ask(credits.any(random), what, null, question, check).subscribe().with(done -> {}, fault -> {});
    }

    /** Checks that a denied operation did not happen, unless it was sent again and not denied then. */
    void denialsWereTrue() {
        for (Command command : denied) {
            Key key = Objects.requireNonNull(command.key());
            AccountStates account = credits.accounts().of(command.account());
            Long seq = account.seqOf(key.hash());
            boolean isDone =
                    seq != null && key.requestHash().equals(account.entry(seq).requestHash());
            context.findings.expect(
                    !isDone || chances.getOrDefault(key, 0) > denials.getOrDefault(key, 0),
                    "an operation that was answered as unavailable never has an effect",
                    () -> command.what() + " is entry " + seq);
        }
    }

    private <T> Uni<T> ask(
            CreditsHost host,
            String what,
            @Nullable Key key,
            Function<CreditsCore, Uni<T>> question,
            BiConsumer<Window, T> check) {
        Link link = lines.get(credits.hosts().indexOf(host));
        context.trace.say("gateway", () -> what + ", by " + host.name());
        Uni<T> answer = link.write((callFault, back) -> {
            if (key != null && callFault == CallFault.TWICE) {
                chances.merge(key, 1, Integer::sum);
            }
            host.serve(question, check, back);
        });
        return answer.invoke(item -> answered(what, item)).onFailure().invoke(fault -> failed(what, fault));
    }

    private void answered(String what, @Nullable Object item) {
        context.trace.say("gateway", () -> "hears: " + what + " → " + item);
        if (item instanceof Reply.Refused<?>(Refusal refusal)) {
            context.counts.count("problem " + refusal.problem());
        } else if (item instanceof Reply.Done<?> done) {
            context.counts.count("reply " + done.result().getClass().getSimpleName());
        }
    }

    private void failed(String what, Throwable fault) {
        context.trace.say("gateway", () -> "hears: " + what + " → " + fault);
        ProblemType problem =
                switch (fault) {
                    case AccountBusy busy -> ProblemType.ACCOUNT_BUSY;
                    case OutcomeUnknown unknown -> ProblemType.OUTCOME_UNKNOWN;
                    default -> ProblemType.UNAVAILABLE;
                };
        context.counts.count("problem " + problem);
        context.findings.expect(
                Faults.isExpected(fault), "a call fails only because something is away", fault::toString);
    }
}
