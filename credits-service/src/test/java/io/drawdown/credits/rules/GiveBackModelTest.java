package io.drawdown.credits.rules;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All histories of seven steps of a small account, an owner and its successor. Whatever was sent may arrive at any time, in any order, any
 * number of times, or never. The account is the real one; the owner is as the contract says.
 */
class GiveBackModelTest {

    private static final int STEPS = 7;
    private static final int MOST_CUTS = 2;
    private static final long SECOND = 1_000;
    private static final AccountLimits LIMITS =
            new AccountLimits(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(3), 512, 256, 10_000);

    /** What a careless engineer would have done. */
    private enum Bug {
        NONE,
        GIVE_BACK_WITHOUT_A_CUT,
        OLD_FUNDING_OBEYED,
        LIMIT_LOWERED_AFTER_THE_ANSWER
    }

    /** An owner. {@code open}: what it gave back and has no answer to. */
    private record Owner(long epoch, long used, long cut, long funded, Funding.@Nullable GiveBack open) {

        Owner serve() {
            return new Owner(epoch, used + SECOND, cut, funded, open);
        }

        Owner giveBack(Bug bug) {
            long left = Math.min(used + SECOND, funded);
            Funding.GiveBack given = new Funding.GiveBack(Book.ID, epoch, cut + 1, used, left);
            boolean isLate = bug == Bug.LIMIT_LOWERED_AFTER_THE_ANSWER;
            return new Owner(epoch, used, isLate ? cut : cut + 1, isLate ? funded : left, given);
        }

        Owner hears(HoldView hold, Bug bug) {
            if (hold.epoch() != epoch) {
                return this;
            }
            boolean isNewer = hold.cut() > cut || (hold.cut() == cut && hold.fundedMillis() > funded);
            boolean isObeyed = bug == Bug.OLD_FUNDING_OBEYED ? hold.fundedMillis() > funded : isNewer;
            boolean isAnswer = open != null && hold.cut() >= open.cut();
            return new Owner(
                    epoch,
                    used,
                    isObeyed ? Math.max(cut, hold.cut()) : cut,
                    isObeyed ? hold.fundedMillis() : funded,
                    isAnswer ? null : open);
        }
    }

    /** Everything that can be told apart. What was ever sent stays on its way. */
    private record State(HoldView hold, List<Owner> owners, Set<Record> sent, Set<HoldView> said) {}

    private record Node(State state, Account account) {}

    @Test
    void noOwnerMayServeMoreThanItsHoldIsFundedFor() {
        // When
        String broken = explore(Bug.NONE);
        // Then
        assertThat(broken).startsWith("none in");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachBugIsFound(Bug bug) {
        assertThat(explore(bug)).doesNotStartWith("none in");
    }

    private static String explore(Bug bug) {
        Node first = begin();
        Set<State> known = new HashSet<>(Set.of(first.state));
        List<Node> open = List.of(first);
        for (int step = 1; step <= STEPS; step++) {
            List<Node> following = new ArrayList<>();
            for (Node next :
                    open.stream().flatMap(node -> next(node, bug).stream()).toList()) {
                if (isBroken(next.state)) {
                    return next.state.toString();
                }
                if (known.add(next.state)) {
                    following.add(next);
                }
            }
            open = following;
        }
        return "none in " + known.size() + " states";
    }

    /** The owner of the hold's epoch serves up to its limit, and all of that must be paid for. */
    private static boolean isBroken(State state) {
        return state.owners.stream()
                .anyMatch(owner -> owner.epoch == state.hold.epoch() && owner.funded > state.hold.fundedMillis());
    }

    private static Node begin() {
        Book book = Book.with(5);
        book.limits = LIMITS;
        book.start("s");
        book.drain();
        Hold hold = book.hold("s");
        Owner owner = new Owner(1, 0, 0, hold.fundedMillis(), null);
        return new Node(new State(hold.view(), List.of(owner), Set.of(), Set.of()), book.account());
    }

    private static List<Node> next(Node node, Bug bug) {
        State state = node.state;
        List<Node> next = new ArrayList<>();
        for (int i = 0; i < state.owners.size(); i++) {
            Owner owner = state.owners.get(i);
            if (owner.used < owner.funded) {
                next.add(with(node, i, owner.serve(), null));
            }
            if (owner.open == null && owner.cut < MOST_CUTS) {
                Owner lowered = owner.giveBack(bug);
                next.add(with(node, i, lowered, lowered.open));
            }
            next.add(with(node, i, owner, new Funding.Renew(Book.ID, owner.epoch, owner.used)));
            for (HoldView said : state.said) {
                next.add(with(node, i, owner.hears(said, bug), null));
            }
        }
        for (Record request : state.sent) {
            next.add(decided(node, command(request, state.hold, bug)));
        }
        if (state.owners.size() == 1) {
            next.add(succeeded(node));
        }
        return next;
    }

    private static Node with(Node node, int index, Owner owner, @Nullable Record sent) {
        List<Owner> owners = new ArrayList<>(node.state.owners);
        owners.set(index, owner);
        Set<Record> all = new HashSet<>(node.state.sent);
        if (sent != null) {
            all.add(sent);
        }
        return new Node(new State(node.state.hold, owners, all, node.state.said), node.account);
    }

    private static Command<Funding.Answer> command(Record request, HoldView hold, Bug bug) {
        if (request instanceof Funding.Renew renew) {
            return new Command.Settle(Book.ID, "s", renew.epoch(), renew.usedMillis(), true);
        }
        Funding.GiveBack given = (Funding.GiveBack) request;
        long cut = bug == Bug.GIVE_BACK_WITHOUT_A_CUT ? hold.cut() + 1 : given.cut();
        return new Command.GiveBack(
                Book.ID,
                "s",
                new Funding.GiveBack(Book.ID, given.epoch(), cut, given.usedMillis(), given.fundedMillis()));
    }

    private static Node succeeded(Node node) {
        HoldView hold = node.state.hold;
        Node taken = decided(node, new Command.Takeover(Book.ID, "s", 2, 1, hold.usedMillis()));
        HoldView now = taken.state.hold;
        List<Owner> owners = new ArrayList<>(taken.state.owners);
        owners.add(new Owner(2, now.usedMillis(), now.cut(), now.fundedMillis(), null));
        return new Node(new State(now, owners, taken.state.sent, taken.state.said), taken.account);
    }

    private static Node decided(Node node, Command<Funding.Answer> command) {
        Account before = node.account;
        Decision<Funding.Answer> decision =
                command.decide(before, new DecisionContext(before.accountTime(), LIMITS, Map.of()));
        Account after = decision instanceof Decision.Changed<Funding.Answer> changed
                ? changed.next().withoutDrained(changed.next().seq())
                : before;
        Funding.Answer answer = decision instanceof Decision.Changed<Funding.Answer> changed
                ? changed.result()
                : Book.done(((Decision.Unchanged<Funding.Answer>) decision).reply());
        Set<HoldView> said = new HashSet<>(node.state.said);
        HoldView hold = after.hold("s").orElseThrow().view();
        said.add(answer.hold() == null ? hold : answer.hold());
        return new Node(new State(hold, node.state.owners, node.state.sent, said), after);
    }
}
