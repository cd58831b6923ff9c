package io.drawdown.billing.item;

/**
 * Which write of a document this is.
 *
 * @param rev one more with every replacement
 * @param writeId random per write
 * @param schema of the stored document
 * @param fence the greatest fence of the runs that have written it; 0 if none has
 */
public record Revision(long rev, String writeId, int schema, long fence) {

    private static final int SCHEMA = 1;

    static Revision none() {
        return new Revision(0, "", SCHEMA, 0);
    }

    Revision next(String newWriteId) {
        return new Revision(rev + 1, newWriteId, schema, fence);
    }

    Revision under(long newFence) {
        return newFence <= fence ? this : new Revision(rev, writeId, schema, newFence);
    }
}
