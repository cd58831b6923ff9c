package io.drawdown.credits.testing;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.CreditsPorts;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.checks.CheckReport;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Stores, a broker and a clock, and as many instances of the core on them as a test wants. */
public final class CreditsWorld {

    public static final TraceContext TRACE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=00f067aa0ba902b7");

    private static final Duration LONG = Duration.ofMinutes(5);

    public final ManualTime time = new ManualTime();
    public final FakeAccounts accounts = new FakeAccounts(time);
    public final FakeLedger ledger = new FakeLedger(time);
    public final FakeChecks checks = new FakeChecks(time);
    public final FakePublisher publisher = new FakePublisher(time);
    public final CountingMetrics vitals = new CountingMetrics();
    private long cores;
    private int keys;

    /** As the services run, with prices of its own: {@code credit} costs one credit, {@code ai_search} ten. */
    public static CreditsSettings settings() {
        Map<String, Credits> prices = Map.of("credit", Credits.of(1), "ai_search", Credits.of(10));
        Rate dubbing = new Rate("live_dubbing", Credits.of(1), 1_000);
        return CreditsSettings.of(new Tariff(prices, Map.of(dubbing.kind(), dubbing)));
    }

    public CreditsCore core() {
        return core(settings());
    }

    /** Another instance, with a memory of its own. */
    public CreditsCore core(CreditsSettings settings) {
        CreditsPorts ports = new CreditsPorts(accounts, ledger, checks, publisher, vitals);
        return new CreditsCore(ports, settings, time, time, new Random(++cores));
    }

    /** What became of a question. */
    public static final class Asked<T> {
        public Optional<T> answer = Optional.empty();
        public Optional<Throwable> fault = Optional.empty();

        public boolean isSettled() {
            return answer.isPresent() || fault.isPresent();
        }

        public T get() {
            return answer.orElseThrow(() -> new AssertionError("no answer", fault.orElse(null)));
        }
    }

    /** Asks and does not wait. */
    public <T> Asked<T> ask(Uni<T> question) {
        Asked<T> asked = new Asked<>();
        question.subscribe()
                .with(answer -> asked.answer = Optional.of(answer), fault -> asked.fault = Optional.of(fault));
        return asked;
    }

    /** Lets time pass until the question is settled. */
    public <T> Asked<T> settle(Asked<T> asked) {
        long until = time.nanos() + LONG.toNanos();
        while (!asked.isSettled() && time.nanos() < until && time.runNext()) {
            assertThat(time.nanos()).isLessThan(until);
        }
        return asked;
    }

    /** Asks and waits for the answer. */
    public <T> T await(Uni<T> question) {
        return settle(ask(question)).get();
    }

    public static <R> R done(Reply<R> reply) {
        return ((Reply.Done<R>) reply).result();
    }

    public static Refusal refused(Reply<?> reply) {
        return ((Reply.Refused<?>) reply).refusal();
    }

    public Key key() {
        return new Key("key" + keys++, "request");
    }

    public void open(CreditsCore core, String id, long credits) {
        List<NewGrant> grants = credits == 0 ? List.of() : List.of(purchased(credits));
        assertThat(await(core.commands().open(id, grants, "opening"))).isInstanceOf(Reply.Done.class);
    }

    public static NewGrant purchased(long credits) {
        return new NewGrant(GrantKind.PURCHASED, Credits.of(credits), NewGrant.DEFAULT_PRIORITY, null, null);
    }

    public Funding.Answer start(CreditsCore core, String account, String session) {
        return await(core.commands().sessions().start(session, new Funding.Start(account, "live_dubbing")));
    }

    public Funding.Answer renew(CreditsCore core, String account, String session, long used) {
        return await(core.commands().sessions().renew(session, new Funding.Renew(account, 1, used)));
    }

    public Account document(String id) {
        return requireNonNull(accounts.documents.get(id));
    }

    public LedgerRow row(String id) {
        return requireNonNull(ledger.rows.get(id));
    }

    /** All entries of the account, ledger ∪ outbox, in order. */
    public List<Entry> entries(String id) {
        Map<Long, Entry> bySeq = new TreeMap<>();
        document(id).outbox().entries().forEach(entry -> bySeq.put(entry.seq(), entry));
        for (LedgerRow row : ledger.rows.values()) {
            if (row.account().equals(id)) {
                bySeq.put(row.entry().seq(), row.entry());
            }
        }
        return new ArrayList<>(bySeq.values());
    }

    /** Runs a check and returns its final report. */
    public CheckReport check(CreditsCore core) {
        CheckReport begun = await(core.startCheck());
        for (int i = 0; i < 1_000; i++) {
            CheckReport report = await(core.check(begun.id())).orElseThrow();
            if (report.state() != CheckReport.State.RUNNING) {
                return report;
            }
            time.advance(Duration.ofMillis(100));
        }
        throw new AssertionError("the check does not come to its end");
    }
}
