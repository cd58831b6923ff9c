package io.drawdown.credits.store;

import io.drawdown.credits.account.Account;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the documents of accounts are. Every answer arrives on the core's thread; a failure is {@link
 * io.drawdown.kit.faults.Unavailable} (it did not happen) or {@link io.drawdown.kit.faults.OutcomeUnknown} (it may have
 * happened). Writes are acknowledged by a majority and journaled.
 */
public interface AccountStore {

    /** A read that decides: what it returns was the latest acknowledged state at some moment after the call. */
    Uni<Optional<Account>> readLatest(String id);

    /** A read that may be stale, so it may only propose a write; accounts that do not exist are missing. */
    Uni<List<Account>> readMaybeStale(Collection<String> ids);

    /** Whether it was inserted; false if the id exists. */
    Uni<Boolean> insert(Account account);

    /** Whether the document was replaced; false if its {@code rev} is another. */
    Uni<Boolean> replace(Account next, long expectedRev);

    /** The number of documents that were replaced; it does not say which writes lost. Unordered. */
    Uni<Long> replaceAll(List<Replacement> replacements);

    /** The number of documents that were trimmed. Unordered. */
    Uni<Long> trim(List<Trim> trims);

    /** Accounts whose outbox holds something; may be stale. */
    Uni<List<Account>> pendingAccounts(int limit);

    /** Those of these accounts whose outbox holds something; may be stale. */
    Uni<List<Account>> pendingAmong(Collection<String> ids);

    /** Ids of accounts with {@code dueAt} ≤ {@code now}, the earliest first; may be stale. */
    Uni<List<String>> dueAccounts(Instant now, int limit);

    /** Accounts in order of their ids, after {@code afterId} if there is one. */
    Uni<List<Account>> page(@Nullable String afterId, int limit);
}
