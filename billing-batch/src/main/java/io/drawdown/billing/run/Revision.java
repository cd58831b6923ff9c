package io.drawdown.billing.run;

/**
 * Which write of a document this is.
 *
 * @param rev one more with every replacement
 * @param writeId random per write; tells a writer whose outcome is unknown whether it was its own
 * @param schema of the stored document
 */
public record Revision(long rev, String writeId, int schema) {

    /** Of a document that is not written yet. */
    static Revision none(int schema) {
        return new Revision(0, "", schema);
    }

    Revision next(String newWriteId) {
        return new Revision(rev + 1, newWriteId, schema);
    }
}
