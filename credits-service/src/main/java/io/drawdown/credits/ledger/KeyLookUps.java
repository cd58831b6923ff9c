package io.drawdown.credits.ledger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Asks for the rows of keys, those that are asked for in one turn of the core with one query. Not thread-safe: it belongs to
 * the core's thread.
 */
final class KeyLookUps {

    private final Function<List<AccountKey>, Uni<List<LedgerRow>>> query;
    private final Executor core;
    private List<Question> waiting = new ArrayList<>();

    /** @param keyHash contains the account, so it is unique among all accounts */
    record AccountKey(String accountId, String keyHash) {}

    private record Question(AccountKey key, UniEmitter<? super Optional<LedgerRow>> asker) {}

    /** @param query finds the rows that there are; it answers on the core's thread */
    KeyLookUps(Function<List<AccountKey>, Uni<List<LedgerRow>>> query, Executor core) {
        this.query = query;
        this.core = core;
    }

    Uni<Optional<LedgerRow>> row(AccountKey key) {
        return Uni.createFrom().emitter(asker -> ask(new Question(key, asker)));
    }

    private void ask(Question question) {
        waiting.add(question);
        if (waiting.size() == 1) {
            core.execute(this::send);
        }
    }

    private void send() {
        List<Question> asked = waiting;
        waiting = new ArrayList<>();
        query.apply(asked.stream().map(Question::key).distinct().toList())
                .subscribe()
                .with(
                        rows -> answer(asked, rows),
                        fault -> asked.forEach(question -> question.asker().fail(fault)));
    }

    private static void answer(List<Question> asked, List<LedgerRow> rows) {
        Map<AccountKey, LedgerRow> found = new HashMap<>();
        rows.forEach(row -> found.put(new AccountKey(row.account(), String.valueOf(row.key())), row));
        asked.forEach(question -> question.asker().complete(Optional.ofNullable(found.get(question.key()))));
    }
}
