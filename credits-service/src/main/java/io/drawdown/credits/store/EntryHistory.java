package io.drawdown.credits.store;

import io.drawdown.credits.account.Entry;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Entries that have left their account's outbox; reads that decide, as {@link AccountStore#readLatest} promises. Ask only
 * after the account was read: what had left it by then is here.
 */
public interface EntryHistory {

    /** The entry that this key caused. */
    Uni<Optional<Entry>> byKey(String accountId, String keyHash);

    /** The entry with this seq. */
    Uni<Optional<Entry>> bySeq(String accountId, long seq);
}
