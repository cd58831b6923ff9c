package io.drawdown.simulator.stripe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The events of Stripe: its own list, which it keeps for 30 days, and those who hear of each. Their times are whole seconds. */
public final class StripeEvents {

    private static final long KEPT_SECONDS = Duration.ofDays(30).toSeconds();
    private static final int PAGE = 20;

    private final Surroundings world;
    private final List<Event> all = new ArrayList<>();
    private final List<Consumer<Event>> listeners = new ArrayList<>();

    /** @param object the id of what it is about */
    public record Event(String id, String type, String object, long createdSeconds) {}

    /** @param hasMore whether there are earlier ones that were asked for, too */
    public record Page(List<Event> events, boolean hasMore) {}

    StripeEvents(Surroundings world) {
        this.world = world;
    }

    /** Tells the listener of every event from now on. */
    public void onEvent(Consumer<Event> listener) {
        listeners.add(listener);
    }

    void happened(String type, String object) {
        Event event = new Event("evt_" + all.size(), type, object, seconds());
        all.add(event);
        listeners.forEach(listener -> listener.accept(event));
    }

    private long seconds() {
        return Math.floorDiv(world.millis(), 1_000);
    }

    /** All that ever happened. */
    public List<Event> all() {
        return all;
    }

    /** All that are in the list now, in the order in which they happened. */
    public List<Event> kept() {
        return all.stream()
                .filter(event -> event.createdSeconds() > seconds() - KEPT_SECONDS)
                .toList();
    }

    /**
     * The latest first.
     *
     * @param after the id of the last one of the page before; empty for the first page
     */
    public Page list(long fromSeconds, String after) {
        List<Event> found = kept().reversed().stream()
                .filter(event -> event.createdSeconds() >= fromSeconds)
                .filter(event -> after.isEmpty() || numberOf(event.id()) < numberOf(after))
                .toList();
        return new Page(found.subList(0, Math.min(PAGE, found.size())), found.size() > PAGE);
    }

    private static int numberOf(String id) {
        return Integer.parseInt(id.substring("evt_".length()));
    }
}
