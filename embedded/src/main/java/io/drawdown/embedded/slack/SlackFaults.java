package io.drawdown.embedded.slack;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What shall go wrong: each fault meets so many of the next requests whose path ends so. Thread-safe. */
final class SlackFaults {

    private static final int MOST = 1_000;

    private final List<Open> faults = new ArrayList<>();

    private static final class Open {
        private final SlackFault fault;
        private int left;

        Open(SlackFault fault) {
            this.fault = fault;
            this.left = fault.times();
        }
    }

    synchronized void add(SlackFault fault) {
        if (faults.size() == MOST) {
            throw new IllegalArgumentException("there are 1000 faults already");
        }
        faults.add(new Open(fault));
    }

    /** The first that meets a request for that path; it counts it. */
    synchronized Optional<SlackFault> next(String path) {
        for (Iterator<Open> each = faults.iterator(); each.hasNext(); ) {
            Open open = each.next();
            if (path.contains(open.fault.path())) {
                if (--open.left == 0) {
                    each.remove();
                }
                return Optional.of(open.fault);
            }
        }
        return Optional.empty();
    }

    synchronized void clear() {
        faults.clear();
    }
}
