package io.drawdown.simulator.history;

import io.drawdown.simulator.world.SimulationContext;

/** Services of Drawdown, their users, and what can go wrong with them. */
interface World {

    SimulationContext context();

    /** Lets time pass, or stops at the first finding. */
    void pass(long nanos);

    /** Removes all faults, waits until everything is at rest, and checks what must hold then. */
    void comeToRest();
}
