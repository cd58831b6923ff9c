package io.drawdown.simulator.stripe;

import java.util.random.RandomGenerator;

/** The world that the model of Stripe is in. */
public interface Surroundings {

    /** Its clock. */
    long millis();

    RandomGenerator random();

    /** Whether something that goes wrong in so many of a hundred cases goes wrong now. */
    boolean chance(int percent);

    /** Stripe was asked in a way that its documentation forbids. */
    void find(String what);

    void tell(String what, Object about);
}
