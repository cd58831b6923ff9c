package io.drawdown.tasks.store.mongo;

/** Where a document has what queries ask for. */
final class Fields {

    static final String ID = "_id";
    static final String REV = "revision.rev";
    static final String WRITE_ID = "revision.writeId";
    static final String FENCE = "counters.fence";

    static final String READY_QUEUE = "state.ready.queue";
    static final String READY_LANE = "state.ready.lane";
    static final String READY_TENANT = "state.ready.tenant";
    static final String READY_AT = "state.ready.at";
    static final String DUE_AT = "state.dueAt";
    static final String EXPIRES_AT = "state.expiresAt";
    static final String OWNER = "state.owner";
    static final String CANCEL_FOR = "state.cancelFor";
    static final String LEASE_UNTIL = "state.leaseUntil";
    static final String REMOVE_AT = "state.removeAt";
    static final String RESULT_UNTIL = "state.resultUntil";
    static final String LETTER_GROUP = "state.letter.group";
    static final String LETTER_TYPE = "state.letter.type";
    static final String LETTER_PLACE = "state.letter.place";
    static final String OVER_AT = "state.at";
    static final String FAILURE = "state.failure";

    static final String UNIQUE = "keys.unique";
    static final String RUNNING = "keys.running";
    static final String ORDER_KEY = "keys.order.key";
    static final String ORDER_SEQ = "keys.order.seq";
    static final String LEASE_SLOT = "keys.lease.slot";

    static final String OUTBOX_SEQ = "outbox.seq";
    static final String ENTRIES = "outbox.entries";
    static final String PENDING = "outbox.pending";

    static final String TYPE = "spec.type";
    static final String TENANT = "spec.tenant";
    static final String ACCOUNT = "spec.labels.accountId";
    static final String TAGS = "spec.labels.tags";
    static final String LANE = "spec.lane";
    static final String CREATED_AT = "spec.sender.createdAt";
    static final String STATE = "state.name";

    static final String PAYLOAD = "spec.payload";
    static final String RESULT = "state.result";
    static final String STEPS = "history.steps";
    static final String LOG = "history.log";

    private Fields() {}
}
