package io.drawdown.simulator.owners;

import io.drawdown.contracts.EndReason;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.credits.CreditsSide;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.simulator.world.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose owners keep only to the contract of credits-service. Each owner is a process of its own. After a takeover
 * the new owner goes on, beside a former owner that does not know of it yet.
 */
public final class Owners {

    /** The prefix of the ids of these sessions. */
    static final String PREFIX = "own_";

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final int MOST_SESSIONS = 3;
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_REMEMBERED = 32;

    private final SimulationContext context;
    private final Broker broker;
    private final CreditsSide credits;
    private final List<String> accounts;
    private final Database database;
    private final Table<Ownership> ownerships;
    private final OwnerInvariants truths;
    private final RandomGenerator chance;
    private final Map<String, List<Owner>> owners = new TreeMap<>();
    private final Deque<FundingLink.Request> sent = new ArrayDeque<>();
    private final FundingLink repeater;
    private int attending;
    private boolean isLeaving;

    public Owners(SimulationContext context, Broker broker, CreditsSide credits, List<String> accounts) {
        this.context = context;
        this.broker = broker;
        this.credits = credits;
        this.accounts = accounts;
        database = new Database(context.timeline, context.random("owners database"));
        ownerships = new Table<>(database);
        truths = new OwnerInvariants(context.findings, credits.accounts(), ownerships);
        chance = context.random("owners");
        repeater = new FundingLink(
                context, credits, context.link("credits", new Process("own network", context.timeline)));
        ownerships.whenCommitted((session, ownership) -> committed(ownership));
        broker.whenPublished(truths::published);
        broker.whenPublished(new AccountNews(context, this::living, this::overdue)::published);
    }

    SimulationContext context() {
        return context;
    }

    /** Remembers a request of an owner, which may be sent again. */
    void sent(FundingLink.Request request) {
        if (sent.size() == MOST_REMEMBERED) {
            sent.removeFirst();
        }
        sent.addLast(request);
    }

    /** Sends the late release of a former owner, which must not remove the hold. */
    void releasesTooLate(@Nullable Ownership former, long usedMillis) {
        if (former != null) {
            sent(FundingLink.release(former.endedBy(EndReason.DISCONNECTED, usedMillis)));
            repeater.ask(sent.getLast()).subscribe().with(answer -> {}, fault -> {});
        }
    }

    /** Records a total that an owner stated. */
    void states(String session, long epoch, long usedMillis) {
        credits.statements().state(session, epoch, usedMillis);
    }

    public void start(RandomGenerator random) {
        if (open().size() < MOST_SESSIONS) {
            String account = accounts.get(random.nextInt(accounts.size()));
            String kind = random.nextInt(4) == 0 ? "subtitles" : "dubbing";
            String session = PREFIX + (owners.size() + 1);
            owners.put(session, new ArrayList<>());
            context.counts.count("owner starts");
            Owner first = owner(session);
            first.process().run(() -> first.start(account, kind));
        }
    }

    /** Another process takes over a session whose owner is dead, stalled, cut off, or only believed to be. */
    public void takeOver(RandomGenerator random) {
        List<String> running = open().stream().filter(this::isRunning).toList();
        if (running.isEmpty()) {
            start(random);
            return;
        }
        String session = running.get(random.nextInt(running.size()));
        Owner former = present(session);
        if (former != null) {
            OwnerFaults.apply(context, former.process(), random);
        }
        succeed(session, random.nextLong(3 * SECOND), random);
        if (random.nextBoolean()) {
            succeed(session, random.nextLong(4 * SECOND), random);
        }
    }

    private void succeed(String session, long delayNanos, RandomGenerator random) {
        int actions = random.nextInt(3) == 0 ? random.nextInt(12) : Integer.MAX_VALUE;
        context.timeline.after(delayNanos, () -> {
            if (!isLeaving && alive(session).size() < MOST_AT_ONCE) {
                Owner successor = owner(session);
                successor.process().killAfter(actions);
                successor.process().run(successor::takeOver);
            }
        });
    }

    /** Sends a request of an owner once more. */
    public void requestAgain(RandomGenerator random) {
        if (sent.isEmpty()) {
            start(random);
            return;
        }
        List<FundingLink.Request> all = List.copyOf(sent);
        FundingLink.Request request = all.get(random.nextInt(all.size()));
        context.counts.count("owner's request again");
        repeater.ask(request).subscribe().with(answer -> {}, fault -> {});
    }

    /** Cancels a start whose outcome its sender does not know. */
    public void giveUpAStart(RandomGenerator random) {
        if (random.nextBoolean() || sent.isEmpty()) {
            start(random);
        }
        if (!sent.isEmpty()) {
            FundingLink.Request cancellation = repeater.cancelStart(sent.getLast());
            context.timeline.after(
                    random.nextLong(20 * MILLI),
                    () -> repeater.ask(cancellation).subscribe().with(answer -> {}, fault -> {}));
        }
    }

    public void end(RandomGenerator random) {
        List<String> open = open();
        if (!open.isEmpty()) {
            List<Owner> alive = alive(open.get(random.nextInt(open.size())));
            if (!alive.isEmpty()) {
                Owner any = alive.get(random.nextInt(alive.size()));
                any.process().run(any::requestEnd);
            }
        }
    }

    private Owner owner(String session) {
        List<Owner> all = owners.getOrDefault(session, new ArrayList<>());
        Process process = new Process(session + "." + (all.size() + 1), context.timeline);
        Link toCredits = context.link("credits", process);
        Link toOwnerships = context.link("tenures", process);
        Link toBroker = context.link("broker", process);
        Connections ports = new Connections(
                new OwnershipStore(toOwnerships, database, ownerships),
                new FundingLink(context, credits, toCredits),
                new OwnerMessages(toBroker, broker, credits.statements(), database));
        Owner owner = new Owner(this, ports, process, session);
        all.add(owner);
        process.whenDead(() -> attend(session, 50 * MILLI + chance.nextLong(2 * SECOND)));
        return owner;
    }

    /** Checks after a delay whether the session has a living owner, and replaces a dead one. */
    private void attend(String session, long delayNanos) {
        if (!isFinished(session)) {
            attending++;
            context.timeline.after(delayNanos, () -> {
                attending--;
                if (!isFinished(session) && !isAttended(session)) {
                    replace(session);
                }
            });
        }
    }

    private void replace(String session) {
        Owner successor = owner(session);
        if (isLeaving) {
            successor.requestEnd();
        }
        successor.process().run(successor::takeOver);
    }

    private boolean isFinished(String session) {
        Ownership ownership = ownerships.committed(session);
        return ownership == null ? alive(session).isEmpty() : ownership.end() != null && truths.isEndPublished(session);
    }

    private boolean isAttended(String session) {
        Ownership ownership = ownerships.committed(session);
        return alive(session).stream()
                .anyMatch(owner -> !owner.isServing()
                        || (ownership != null && ownership.isOf(owner.process().name())));
    }

    private boolean isRunning(String session) {
        Ownership ownership = ownerships.committed(session);
        return ownership != null && ownership.running() && ownership.end() == null;
    }

    private @Nullable Owner present(String session) {
        Ownership ownership = ownerships.committed(session);
        for (Owner owner : alive(session)) {
            if (ownership != null && ownership.isOf(owner.process().name())) {
                return owner;
            }
        }
        return null;
    }

    private List<Owner> alive(String session) {
        return owners.getOrDefault(session, List.of()).stream()
                .filter(owner -> owner.process().isAlive())
                .toList();
    }

    private List<Owner> living() {
        return owners.keySet().stream()
                .flatMap(session -> alive(session).stream())
                .toList();
    }

    private List<String> open() {
        return owners.keySet().stream().filter(session -> !isFinished(session)).toList();
    }

    private void committed(Ownership ownership) {
        context.trace.say("owners", () -> "a majority has " + ownership);
        if (present(ownership.session()) == null) {
            attend(ownership.session(), SECOND);
        }
    }

    private void overdue(String session) {
        if (!owners.containsKey(session)) {
            return;
        }
        context.counts.count("owner's hold overdue");
        Owner present = present(session);
        if (present != null) {
            present.process().run(present::renew);
        } else if (!isAttended(session)) {
            replace(session);
        }
    }

    /** Ends all sessions. */
    public void leave() {
        isLeaving = true;
        for (String session : owners.keySet()) {
            alive(session).forEach(owner -> {
                OwnerFaults.wake(owner.process());
                owner.process().run(owner::requestEnd);
            });
            attend(session, SECOND);
        }
    }

    /** Whether no work is left. */
    public boolean isAtRest() {
        return attending == 0 && open().isEmpty();
    }

    /** Checks all sessions at rest. */
    public void checkAtRest() {
        for (Ownership ownership : ownerships.all()) {
            long served = 0;
            for (Owner owner : owners.getOrDefault(ownership.session(), List.of())) {
                served += owner.ownNanos();
            }
            truths.checkAtRest(ownership, served);
        }
    }
}
