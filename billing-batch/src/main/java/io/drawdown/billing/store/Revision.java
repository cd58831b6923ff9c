package io.drawdown.billing.store;

/**
 * Which write of a document this is.
 *
 * @param rev one more with every replacement
 * @param writeId random per write
 * @param schema of the stored document
 */
public record Revision(long rev, String writeId, int schema) {

    /** That of a document that is not stored yet. */
    public static Revision none(int schema) {
        return new Revision(0, "", schema);
    }

    public Revision next(String newWriteId) {
        return new Revision(rev + 1, newWriteId, schema);
    }
}
