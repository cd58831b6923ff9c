package io.drawdown.simulator.history;

import java.util.random.RandomGenerator;

/** What a step can do in the world of its scene. */
public interface Act {

    /** Whether it uses Drawdown or harms it. */
    enum Kind {
        USE,
        FAULT
    }

    String name();

    Kind kind();

    /** How often it is done, compared with the other acts. */
    int weight();

    /** Does it; all chance comes from the step. */
    void in(World world, RandomGenerator random);

    default boolean isFault() {
        return kind() == Kind.FAULT;
    }
}
