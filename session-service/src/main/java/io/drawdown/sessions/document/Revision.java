package io.drawdown.sessions.document;

/**
 * Which write of a session's document this is.
 *
 * @param rev one more with every replacement
 * @param writeId random per write; tells a writer whose outcome is unknown whether it was its own
 * @param schema of the stored document
 */
public record Revision(long rev, String writeId, int schema) {

    Revision next(String newWriteId) {
        return new Revision(rev + 1, newWriteId, schema);
    }
}
