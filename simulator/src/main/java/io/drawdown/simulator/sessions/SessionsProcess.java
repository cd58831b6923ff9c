package io.drawdown.simulator.sessions;

import io.drawdown.contracts.SessionControl;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.simulator.broker.UnpublishedEvents;
import io.drawdown.simulator.sessions.stores.AccountEventReader;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Link.Answer;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One process of session-service with its core and what is connected to it. */
public final class SessionsProcess {

    private final SimulationContext context;
    private final Process process;
    private final SessionsCore core;
    private final AccountEventReader events;
    private final Link control;
    private final UnpublishedEvents owed;
    private final List<Socket> sockets = new ArrayList<>();
    private final Set<Answer<?>> open = new LinkedHashSet<>();

    SessionsProcess(
            SimulationContext context,
            Process process,
            SessionsCore core,
            AccountEventReader events,
            Link control,
            UnpublishedEvents owed) {
        this.owed = owed;
        this.context = context;
        this.process = process;
        this.core = core;
        this.events = events;
        this.control = control;
        process.whenDead(this::died);
    }

    public Process process() {
        return process;
    }

    SessionsCore core() {
        return core;
    }

    AccountEventReader events() {
        return events;
    }

    /** Another instance wants something; that may be lost. */
    void told(SessionControl what) {
        control.read(() -> what)
                .subscribe()
                .with(
                        heard -> core.handleControls(List.of(heard)),
                        lost -> context.counts.count("control record lost"));
    }

    void accepted(Socket socket) {
        sockets.removeIf(Socket::isClosed);
        sockets.add(socket);
    }

    /** A request arrives. */
    <T> void serve(Function<SessionsCore, Uni<T>> question, Answer<T> answer) {
        if (!process.isAlive()) {
            answer.fail(new Unavailable(process.name() + " is not there"));
            return;
        }
        open.add(answer);
        process.run(() -> question.apply(core)
                .subscribe()
                .with(
                        item -> {
                            open.remove(answer);
                            answer.complete(item);
                        },
                        fault -> {
                            open.remove(answer);
                            answer.fail(fault);
                        }));
    }

    /** Ends all its sessions, then itself; it is killed if that takes too long. */
    void stopGracefully(long allowedNanos, long patienceNanos) {
        context.trace.say(process.name(), () -> "stops gracefully");
        long begun = context.timeline.nanos();
        process.run(() -> core.stopGracefully().subscribe().with(done -> {
            if (context.timeline.nanos() - begun < allowedNanos) {
                owed.stopped();
            }
            process.kill();
        }));
        context.timeline.after(patienceNanos, process::kill);
    }

    private void died() {
        List.copyOf(sockets).forEach(Socket::serverDied);
        sockets.clear();
        List<Answer<?>> unanswered = List.copyOf(open);
        open.clear();
        unanswered.forEach(answer -> answer.fail(new OutcomeUnknown("the connection broke")));
    }
}
