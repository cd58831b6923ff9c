package io.drawdown.checkpoints.metering;

/**
 * Each session's own place in the interval, spread by a hash of its id, so that the load is even and a session is
 * reported at the same distance each time.
 */
public record ReportSlots(int slots) {

    public int slotOf(String sessionId) {
        return Math.floorMod(mixed(sessionId.hashCode()), slots);
    }

    /** Neighbouring hashes of similar ids land far from each other (the finalizer of MurmurHash3). */
    private static int mixed(int hash) {
        int h = hash;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
