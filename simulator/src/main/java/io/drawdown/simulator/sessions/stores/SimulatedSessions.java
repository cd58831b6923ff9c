package io.drawdown.simulator.sessions.stores;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sessions' documents as one process reaches them. */
public final class SimulatedSessions implements SessionStore {

    private final Link link;
    private final Database database;
    private final Table<SessionDocument> documents;
    private final Counts counts;
    private final Consumer<SessionDocument> acknowledged;
    private boolean hasSwept;

    /** @param acknowledged hears of each write that this process knows to have succeeded */
    public SimulatedSessions(
            Link link,
            Database database,
            Table<SessionDocument> documents,
            Counts counts,
            Consumer<SessionDocument> acknowledged) {
        this.acknowledged = acknowledged;
        this.link = link;
        this.database = database;
        this.documents = documents;
        this.counts = counts;
    }

    @Override
    public Uni<Optional<SessionDocument>> get(String id) {
        return link.read(() -> Optional.ofNullable(documents.committed(id)));
    }

    @Override
    public Uni<Boolean> insert(SessionDocument document) {
        return told(inserted(document), document);
    }

    private Uni<Boolean> told(Uni<Boolean> write, SessionDocument written) {
        return write.invoke(isWritten -> {
            if (isWritten) {
                acknowledged.accept(written);
            }
        });
    }

    private Uni<Boolean> inserted(SessionDocument document) {
        return link.write((callFault, answer) -> {
            if (documents.local(document.id()) != null) {
                answer.complete(false);
            } else {
                put(document, database.acknowledge(true, 1, answer), callFault);
            }
        });
    }

    @Override
    public Uni<Boolean> replace(SessionDocument before, SessionDocument next) {
        return told(replaced(before, next), next);
    }

    private Uni<Boolean> replaced(SessionDocument before, SessionDocument next) {
        return link.write((callFault, answer) -> {
            SessionDocument present = documents.local(before.id());
            if (present == null || present.rev() != before.rev() || callFault == CallFault.LOST_RACE) {
                answer.complete(false);
            } else {
                put(next, database.acknowledge(true, 1, answer), callFault);
            }
        });
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        return link.write((callFault, answer) -> {
            List<SessionDocument> trimmed = new ArrayList<>();
            drainedTo.forEach((id, seq) -> {
                SessionDocument present = documents.local(id);
                if (present != null && present.outbox().seq() == seq) {
                    trimmed.add(present.trimmed(seq));
                    counts.count("relay trim of a session");
                } else {
                    counts.count("relay trim race of a session lost");
                }
            });
            Acknowledgement all = database.acknowledge(null, trimmed.size(), answer);
            trimmed.forEach(next -> put(next, all, callFault));
        });
    }

    @Override
    public Uni<List<SessionDocument>> pending(int limit) {
        return some(document -> document.outbox().isPending(), null, limit).invoke(this::swept);
    }

    /** The first sweep of a process finds what an earlier or another process left behind. */
    private void swept(List<SessionDocument> found) {
        if (!hasSwept && !found.isEmpty()) {
            counts.count("relay sweep found a left-over session");
        }
        hasSwept = true;
    }

    @Override
    public Uni<List<SessionDocument>> ofOwners(Owned which, int limit) {
        return some(
                document -> document.isOpen()
                        && which.incarnations().contains(document.owner().incarnation())
                        && (!which.onlyResuming() || document.state() instanceof Resuming),
                which.afterId(),
                limit);
    }

    @Override
    public Uni<List<String>> endsWanted(String incarnation, int limit) {
        return some(document -> document.isEndWanted() && isOf(document, incarnation), null, limit)
                .map(found -> found.stream().map(SessionDocument::id).toList());
    }

    @Override
    public Uni<List<SessionDocument>> endsWanted(int limit) {
        return some(document -> document.isOpen() && document.isEndWanted(), null, limit);
    }

    @Override
    public Uni<List<SessionDocument>> startingBefore(Instant created, int limit) {
        return some(
                document -> document.state() instanceof Starting
                        && document.origin().createdAt().isBefore(created),
                null,
                limit);
    }

    @Override
    public Uni<List<SessionDocument>> open(OpenSessions which, int limit) {
        return some(which::has, which.afterId(), limit);
    }

    @Override
    public Uni<List<SessionDocument>> heardBefore(Instant heard, String afterId, int limit) {
        return some(
                document -> document.state() instanceof Reported reported
                        && reported.heardAt().isBefore(heard),
                afterId,
                limit);
    }

    @Override
    public Uni<List<SessionDocument>> page(@Nullable String accountId, @Nullable String cursor, int limit) {
        return some(
                document -> accountId == null || document.origin().accountId().equals(accountId), cursor, limit);
    }

    private Uni<List<SessionDocument>> some(Predicate<SessionDocument> which, @Nullable String afterId, int limit) {
        return link.read(callFault -> callFault == CallFault.STALE
                ? documents.former(which, afterId, limit)
                : documents.committed(which, afterId, limit));
    }

    private static boolean isOf(SessionDocument document, String incarnation) {
        return document.isOpen() && document.owner().incarnation().equals(incarnation);
    }

    private void put(SessionDocument next, Acknowledgement acknowledgement, CallFault callFault) {
        if (callFault == CallFault.ROLLED_BACK) {
            database.failOver();
        }
        documents.put(next.id(), next, acknowledgement);
    }
}
