package io.drawdown.credits.account;

import static java.util.Objects.requireNonNull;

/**
 * A command that this account has carried out, so that its repetition is recognised.
 *
 * @param keyHash hash of the idempotency key
 * @param requestHash hash of the request that the key stood for
 * @param seq the entry that holds the reply
 */
public record RecentKey(String keyHash, String requestHash, long seq) {

    public static RecentKey of(Entry entry) {
        return new RecentKey(requireNonNull(entry.keyHash()), requireNonNull(entry.requestHash()), entry.seq());
    }

    public boolean isCancelled() {
        return new Key(keyHash, requestHash).isCancelled();
    }
}
