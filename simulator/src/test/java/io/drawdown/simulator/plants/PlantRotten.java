package io.drawdown.simulator.plants;

/** A plant that no longer fits the sources: it plants nothing, so a test with it would prove nothing. */
public final class PlantRotten extends RuntimeException {

    private static final long serialVersionUID = 1;

    PlantRotten(String plant, String what) {
        super("the plant \"" + plant + "\" does not fit any more: " + what);
    }
}
