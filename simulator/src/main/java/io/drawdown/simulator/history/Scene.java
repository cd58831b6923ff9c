package io.drawdown.simulator.history;

import java.util.List;
import java.util.Locale;

/** What a history plays in: the services that depend on each other. */
public enum Scene {
    /** credits-service, session-service and checkpoint-worker. */
    CREDITS(List.of(CreditsAct.values()), CreditsWorld::new),
    /** task-service. */
    TASKS(List.of(TasksAct.values()), TasksWorld::new),
    /** billing-batch. */
    BILLING(List.of(BillingAct.values()), BillingWorld::new);

    private final List<Act> acts;
    private final int weight;
    private final Opening opening;

    private interface Opening {
        World open(long seed, boolean isTraced);
    }

    Scene(List<? extends Act> acts, Opening opening) {
        this.acts = List.copyOf(acts);
        this.weight = acts.stream().mapToInt(Act::weight).sum();
        this.opening = opening;
    }

    /** The scene of that name; fails if there is none. */
    public static Scene of(String name) {
        for (Scene scene : values()) {
            if (scene.label().equals(name)) {
                return scene;
            }
        }
        throw new IllegalArgumentException("no scene " + name + "; there are credits, tasks and billing");
    }

    /** Its name in small letters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<Act> acts() {
        return acts;
    }

    /** That of all its acts. */
    int weight() {
        return weight;
    }

    /** The act of that name; fails if there is none. */
    Act act(String name) {
        for (Act act : acts) {
            if (act.name().equals(name)) {
                return act;
            }
        }
        throw new IllegalArgumentException("no act " + name);
    }

    World open(long seed, boolean isTraced) {
        return opening.open(seed, isTraced);
    }
}
