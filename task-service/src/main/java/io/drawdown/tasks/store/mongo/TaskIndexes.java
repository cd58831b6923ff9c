package io.drawdown.tasks.store.mongo;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;

import static io.drawdown.tasks.store.mongo.Fields.ACCOUNT;
import static io.drawdown.tasks.store.mongo.Fields.CANCEL_FOR;
import static io.drawdown.tasks.store.mongo.Fields.CREATED_AT;
import static io.drawdown.tasks.store.mongo.Fields.DUE_AT;
import static io.drawdown.tasks.store.mongo.Fields.EXPIRES_AT;
import static io.drawdown.tasks.store.mongo.Fields.ID;
import static io.drawdown.tasks.store.mongo.Fields.LEASE_SLOT;
import static io.drawdown.tasks.store.mongo.Fields.LEASE_UNTIL;
import static io.drawdown.tasks.store.mongo.Fields.LETTER_GROUP;
import static io.drawdown.tasks.store.mongo.Fields.LETTER_PLACE;
import static io.drawdown.tasks.store.mongo.Fields.LETTER_TYPE;
import static io.drawdown.tasks.store.mongo.Fields.ORDER_KEY;
import static io.drawdown.tasks.store.mongo.Fields.ORDER_SEQ;
import static io.drawdown.tasks.store.mongo.Fields.OWNER;
import static io.drawdown.tasks.store.mongo.Fields.PENDING;
import static io.drawdown.tasks.store.mongo.Fields.READY_AT;
import static io.drawdown.tasks.store.mongo.Fields.READY_LANE;
import static io.drawdown.tasks.store.mongo.Fields.READY_QUEUE;
import static io.drawdown.tasks.store.mongo.Fields.READY_TENANT;
import static io.drawdown.tasks.store.mongo.Fields.REMOVE_AT;
import static io.drawdown.tasks.store.mongo.Fields.RESULT_UNTIL;
import static io.drawdown.tasks.store.mongo.Fields.RUNNING;
import static io.drawdown.tasks.store.mongo.Fields.TAGS;
import static io.drawdown.tasks.store.mongo.Fields.TENANT;
import static io.drawdown.tasks.store.mongo.Fields.TYPE;
import static io.drawdown.tasks.store.mongo.Fields.UNIQUE;

/**
 * The indexes over tasks. One that is sparse has only documents with one of its fields, so none of them ends in {@code _id},
 * which every document has: it stands for a partial index, and has no entry of the tasks that are in other states.
 */
public final class TaskIndexes {

    public static final List<IndexModel> ALL = List.of(
            sparse(READY_QUEUE, READY_LANE, READY_TENANT, READY_AT),
            sparse(DUE_AT),
            sparse(EXPIRES_AT),
            of(OWNER, ID),
            sparse(CANCEL_FOR),
            sparse(LEASE_UNTIL),
            sparse(REMOVE_AT),
            sparse(RESULT_UNTIL),
            sparse(LETTER_PLACE),
            sparse(LETTER_TYPE, LETTER_PLACE),
            sparse(LETTER_GROUP, LETTER_PLACE),
            unique(UNIQUE),
            unique(RUNNING),
            unique(LEASE_SLOT),
            sparse(ORDER_KEY, ORDER_SEQ),
            sparse(PENDING),
            of(ACCOUNT, CREATED_AT, ID),
            of(TYPE, CREATED_AT, ID),
            of(TENANT, CREATED_AT, ID),
            of(TAGS, CREATED_AT, ID));

    private TaskIndexes() {}

    private static IndexModel of(String... fields) {
        return new IndexModel(Indexes.ascending(fields));
    }

    private static IndexModel sparse(String... fields) {
        return new IndexModel(Indexes.ascending(fields), new IndexOptions().sparse(true));
    }

    private static IndexModel unique(String field) {
        return new IndexModel(
                Indexes.ascending(field), new IndexOptions().sparse(true).unique(true));
    }
}
