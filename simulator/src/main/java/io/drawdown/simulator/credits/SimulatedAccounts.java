package io.drawdown.simulator.credits;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.credits.store.Replacement;
import io.drawdown.credits.store.Trim;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** The accounts' documents as one process reaches them. */
final class SimulatedAccounts implements AccountStore {

    private final Link link;
    private final Database database;
    private final Table<Account> documents;
    private final Counts counts;
    private final Journal journal;
    private boolean hasSwept;

    /**
     * What is told of each write.
     *
     * @param handed when the process hands it over
     * @param acknowledged when the process knows that it succeeded
     */
    record Journal(Consumer<Account> handed, Consumer<Account> acknowledged) {}

    SimulatedAccounts(Link link, Database database, Table<Account> documents, Counts counts, Journal journal) {
        this.journal = journal;
        this.link = link;
        this.database = database;
        this.documents = documents;
        this.counts = counts;
    }

    @Override
    public Uni<Optional<Account>> readLatest(String id) {
        return link.read(() -> Optional.ofNullable(documents.committed(id)));
    }

    @Override
    public Uni<List<Account>> readMaybeStale(Collection<String> ids) {
        List<String> asked = List.copyOf(ids);
        return link.read(callFault -> {
            List<Account> found = new ArrayList<>();
            for (String id : asked) {
                Account account = callFault == CallFault.STALE ? documents.former(id) : documents.committed(id);
                if (account != null) {
                    found.add(account);
                }
            }
            return found;
        });
    }

    @Override
    public Uni<Boolean> insert(Account account) {
        return told(inserted(account), account);
    }

    private Uni<Boolean> inserted(Account account) {
        return link.write((callFault, answer) -> {
            if (documents.local(account.id()) != null) {
                answer.complete(false);
            } else {
                put(account, database.acknowledge(true, 1, answer), callFault);
            }
        });
    }

    private Uni<Boolean> told(Uni<Boolean> write, Account written) {
        return write.onSubscription()
                .invoke(() -> journal.handed.accept(written))
                .invoke(isWritten -> {
                    if (isWritten) {
                        journal.acknowledged.accept(written);
                    }
                });
    }

    @Override
    public Uni<Boolean> replace(Account next, long expectedRev) {
        return told(replaced(next, expectedRev), next);
    }

    private Uni<Boolean> replaced(Account next, long expectedRev) {
        return link.write((callFault, answer) -> {
            if (callFault == CallFault.LOST_RACE || !isAsRead(next.id(), expectedRev)) {
                answer.complete(false);
            } else {
                put(next, database.acknowledge(true, 1, answer), callFault);
            }
        });
    }

    @Override
    public Uni<Long> replaceAll(List<Replacement> replacements) {
        return replacedAll(replacements)
                .onSubscription()
                .invoke(() -> replacements.forEach(each -> journal.handed.accept(each.next())))
                .invoke(count -> {
                    if (count == replacements.size()) {
                        replacements.forEach(each -> journal.acknowledged.accept(each.next()));
                    }
                });
    }

    @SuppressWarnings("ReferenceEquality") // the first one, whatever equals it
    private Uni<Long> replacedAll(List<Replacement> replacements) {
        return link.write((callFault, answer) -> {
            List<Account> won = new ArrayList<>();
            for (Replacement each : replacements) {
                boolean isBeaten = callFault == CallFault.LOST_RACE && each == replacements.getFirst();
                if (!isBeaten && isAsRead(each.next().id(), each.expectedRev())) {
                    won.add(each.next());
                }
            }
            Acknowledgement all = database.acknowledge((long) won.size(), won.size(), answer);
            won.forEach(next -> put(next, all, callFault));
        });
    }

    @Override
    public Uni<Long> trim(List<Trim> trims) {
        return link.write((callFault, answer) -> {
            List<Account> trimmed = new ArrayList<>();
            for (Trim trim : trims) {
                Account present = documents.local(trim.id());
                if (present != null && present.rev() == trim.rev() && callFault != CallFault.LOST_RACE) {
                    trimmed.add(present.withoutDrained(trim.drainedTo()));
                    counts.count("relay trim");
                } else {
                    counts.count("relay trim race lost");
                }
            }
            Acknowledgement all = database.acknowledge((long) trimmed.size(), trimmed.size(), answer);
            trimmed.forEach(next -> put(next, all, callFault));
        });
    }

    @Override
    public Uni<List<Account>> pendingAccounts(int limit) {
        return link.read(() -> documents.committed(account -> account.outbox().pending() != null, null, limit))
                .invoke(this::swept);
    }

    @Override
    public Uni<List<Account>> pendingAmong(Collection<String> ids) {
        return readMaybeStale(ids).map(found -> found.stream()
                .filter(account -> account.outbox().pending() != null)
                .toList());
    }

    /** What the first sweep of a process finds was left behind by one before it, or by another one. */
    private void swept(List<Account> found) {
        if (!hasSwept && !found.isEmpty()) {
            counts.count("relay sweep found a left-over");
        }
        hasSwept = true;
    }

    @Override
    public Uni<List<String>> dueAccounts(Instant now, int limit) {
        return link.read(() -> documents.committed(account -> isDue(account, now), null, Integer.MAX_VALUE).stream()
                .sorted(Comparator.comparing(
                        account -> requireNonNull(account.money().dueAt())))
                .map(Account::id)
                .limit(limit)
                .toList());
    }

    private static boolean isDue(Account account, Instant now) {
        return account.money().dueAt() != null && !account.money().dueAt().isAfter(now);
    }

    @Override
    public Uni<List<Account>> page(@Nullable String afterId, int limit) {
        return link.read(() -> documents.committed(account -> true, afterId, limit));
    }

    private boolean isAsRead(String id, long rev) {
        Account present = documents.local(id);
        return present != null && present.rev() == rev;
    }

    private void put(Account next, Acknowledgement acknowledgement, CallFault callFault) {
        if (callFault == CallFault.ROLLED_BACK) {
            database.failOver();
        }
        documents.put(next.id(), next, acknowledgement);
    }
}
