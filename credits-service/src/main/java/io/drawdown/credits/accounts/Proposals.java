package io.drawdown.credits.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents as this process saw them last. They may be old: they propose writes, they never decide. */
final class Proposals {

    private final Map<String, Account> accounts;

    Proposals(int most) {
        accounts = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
                return size() > most;
            }
        };
    }

    @Nullable
    Account get(String id) {
        return accounts.get(id);
    }

    void put(Account account) {
        accounts.put(account.id(), account);
    }

    void remove(String id) {
        accounts.remove(id);
    }

    /** The outbox of the document was trimmed in the store, its {@code rev} stays. */
    void trimmed(String id, long drainedTo) {
        accounts.computeIfPresent(id, (key, account) -> account.withoutDrained(drainedTo));
    }
}
