package io.drawdown.sessions.testing;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sessions in memory, with the guard of the real store, 1 ms away; can be away, or lose the answer of a write. */
public final class MemorySessions implements SessionStore {

    public final Map<String, SessionDocument> documents = new TreeMap<>();
    public boolean away;
    /** So many writes from now on happen, but their writers do not learn it. */
    public int answersToLose;

    public int writes;

    private final Network network;

    public MemorySessions(Network network) {
        this.network = network;
    }

    /** @throws AssertionError if there is none */
    public SessionDocument one(String id) {
        SessionDocument document = documents.get(id);
        if (document == null) {
            throw new AssertionError("no session " + id + " in " + documents.keySet());
        }
        return document;
    }

    @Override
    public Uni<Optional<SessionDocument>> get(String id) {
        return answer(() -> Optional.ofNullable(documents.get(id)));
    }

    @Override
    public Uni<Boolean> insert(SessionDocument document) {
        return write(() -> documents.putIfAbsent(document.id(), document) == null);
    }

    @Override
    public Uni<Boolean> replace(SessionDocument before, SessionDocument next) {
        return write(() -> {
            SessionDocument there = documents.get(before.id());
            boolean wins = there != null && there.rev() == before.rev();
            if (wins) {
                documents.put(next.id(), next);
            }
            return wins;
        });
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        return answer(() -> {
            drainedTo.forEach((id, seq) -> documents.computeIfPresent(
                    id, (same, there) -> there.outbox().seq() == seq ? there.trimmed(seq) : there));
            return null;
        });
    }

    @Override
    public Uni<List<SessionDocument>> pending(int limit) {
        return find(limit, document -> document.outbox().isPending());
    }

    @Override
    public Uni<List<SessionDocument>> ofOwners(Owned which, int limit) {
        return find(
                limit,
                document -> document.isOpen()
                        && which.incarnations().contains(document.owner().incarnation())
                        && (!which.onlyResuming() || document.state() instanceof Resuming)
                        && document.id().compareTo(which.afterId()) > 0);
    }

    @Override
    public Uni<List<String>> endsWanted(String incarnation, int limit) {
        return find(limit, document -> document.isOpen() && isOf(document, incarnation) && document.isEndWanted())
                .map(found -> found.stream().map(SessionDocument::id).toList());
    }

    @Override
    public Uni<List<SessionDocument>> endsWanted(int limit) {
        return find(limit, document -> document.isOpen() && document.isEndWanted());
    }

    @Override
    public Uni<List<SessionDocument>> startingBefore(Instant created, int limit) {
        return find(
                limit,
                document -> document.state() instanceof Starting
                        && document.origin().createdAt().isBefore(created));
    }

    @Override
    public Uni<List<SessionDocument>> open(OpenSessions which, int limit) {
        return answer(() -> documents.values().stream()
                .filter(which::has)
                .filter(document -> which.afterId() == null || document.id().compareTo(which.afterId()) > 0)
                .sorted(Comparator.comparing(SessionDocument::id))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<SessionDocument>> heardBefore(Instant heard, String afterId, int limit) {
        return find(
                limit,
                document -> document.state() instanceof Reported reported
                        && reported.heardAt().isBefore(heard)
                        && document.id().compareTo(afterId) > 0);
    }

    @Override
    public Uni<List<SessionDocument>> page(@Nullable String accountId, @Nullable String cursor, int limit) {
        return find(
                limit,
                document -> (accountId == null || document.origin().accountId().equals(accountId))
                        && (cursor == null || document.id().compareTo(cursor) > 0));
    }

    private Uni<List<SessionDocument>> find(int limit, Predicate<SessionDocument> filter) {
        return answer(
                () -> documents.values().stream().filter(filter).limit(limit).toList());
    }

    private static boolean isOf(SessionDocument document, String incarnation) {
        return document.owner().incarnation().equals(incarnation);
    }

    private Uni<Boolean> write(Supplier<Boolean> effect) {
        return answer(() -> {
            boolean done = effect.get();
            writes++;
            if (answersToLose > 0) {
                answersToLose--;
                throw new OutcomeUnknown("the answer was lost");
            }
            return done;
        });
    }

    private <T> Uni<T> answer(Supplier<T> effect) {
        return network.answer(Duration.ofMillis(1), () -> {
            if (away) {
                throw new Unavailable("the sessions are away");
            }
            return effect.get();
        });
    }
}
