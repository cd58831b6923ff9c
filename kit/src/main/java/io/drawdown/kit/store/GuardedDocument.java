package io.drawdown.kit.store;

/** A document that is replaced as a whole, and only as it was read. */
public interface GuardedDocument {

    String id();

    /** One more with every replacement. */
    long rev();

    /** Random per write; tells a writer whose outcome is unknown whether it was its own. */
    String writeId();
}
