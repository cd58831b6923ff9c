package io.drawdown.credits.account;

/** The identity of a command that moves credits: the hash of its idempotency key and of the request it stands for. */
public record Key(String hash, String requestHash) {

    /** What a cancelled operation stands for; no request has this hash. */
    static final String CANCELLED = "";

    /** Marks the key as cancelled, whatever request it was sent with. */
    public static Key cancelled(String hash) {
        return new Key(hash, CANCELLED);
    }

    /** Whether it stands for a cancelled operation. */
    public boolean isCancelled() {
        return requestHash.equals(CANCELLED);
    }
}
