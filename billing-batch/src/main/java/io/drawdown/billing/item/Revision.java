package io.drawdown.billing.item;

/**
 * Which write of a document this is.
 *
 * @param rev one more with every replacement
 * @param writeId random per write
 * @param schema of the stored document
 */
public record Revision(long rev, String writeId, int schema) {

    private static final int SCHEMA = 1;

    static Revision none() {
        return new Revision(0, "", SCHEMA);
    }

    Revision next(String newWriteId) {
        return new Revision(rev + 1, newWriteId, schema);
    }
}
