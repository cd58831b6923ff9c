package io.drawdown.checkpoints.metering;

/**
 * The slot of each session in the interval. A hash of its id spreads the load evenly, and a session is always
 * reported at the same distance.
 */
public record ReportSlots(int slots) {

    public int slotOf(String sessionId) {
        return Math.floorMod(mixed(sessionId.hashCode()), slots);
    }

    /** Spreads the hashes of similar ids (the finalizer of MurmurHash3). */
    private static int mixed(int hash) {
        int h = hash;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
