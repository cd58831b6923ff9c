package io.drawdown.simulator.owners;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The store of ownerships as one process reaches it. A failed call is repeated as long as the process lives. */
record OwnershipStore(Link link, Database database, Table<Ownership> documents) {

    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration AFTER_A_LOST_RACE = Duration.ofMillis(50);

    /** Stores the first document of a session. */
    void insert(Ownership first, Runnable then) {
        link.<Boolean>write((callFault, answer) -> {
                    if (documents.local(first.session()) == null) {
                        put(first, callFault, answer);
                    } else if (documents.committed(first.session()) == null) {
                        answer.fail(new Unavailable("no majority has it yet"));
                    } else {
                        answer.complete(true);
                    }
                })
                .subscribe()
                .with(done -> then.run(), fault -> caller().after(AGAIN, () -> insert(first, then)));
    }

    void find(String session, Consumer<Optional<Ownership>> then) {
        link.read(() -> Optional.ofNullable(documents.committed(session)))
                .subscribe()
                .with(then, fault -> caller().after(AGAIN, () -> find(session, then)));
    }

    /** Changes the document unless the decision returns it unchanged; then passes the document on. */
    @SuppressWarnings("ReferenceEquality") // the same object: nothing is to be changed
    void change(String session, UnaryOperator<Ownership> decision, Consumer<Ownership> then) {
        find(session, found -> {
            Ownership present = found.orElseThrow();
            Ownership next = decision.apply(present);
            if (next == present) {
                then.accept(present);
            } else {
                replace(next)
                        .subscribe()
                        .with(
                                replaced -> {
                                    if (replaced) {
                                        then.accept(next);
                                    } else {
                                        caller().after(AFTER_A_LOST_RACE, () -> change(session, decision, then));
                                    }
                                },
                                fault -> caller().after(AGAIN, () -> change(session, decision, then)));
            }
        });
    }

    private Uni<Boolean> replace(Ownership next) {
        return link.write((callFault, answer) -> {
            Ownership present = documents.local(next.session());
            if (present == null || present.rev() != next.rev() - 1 || callFault == CallFault.LOST_RACE) {
                answer.complete(false);
            } else {
                put(next, callFault, answer);
            }
        });
    }

    private void put(Ownership next, CallFault callFault, Link.Answer<Boolean> answer) {
        if (callFault == CallFault.ROLLED_BACK) {
            database.failOver();
        }
        documents.put(next.session(), next, database.acknowledge(true, 1, answer));
    }

    private Process caller() {
        return link.caller();
    }
}
