package io.drawdown.cli.proxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The instances of one service, which take turns. Only on the event loop. */
final class Upstreams {

    private final List<UpstreamState> states;
    private int turn;

    Upstreams(List<Upstream> upstreams) {
        this.states = upstreams.stream().map(UpstreamState::new).toList();
    }

    List<UpstreamState> all() {
        return states;
    }

    /** The next that is open and was not tried. */
    Optional<UpstreamState> next(Set<UpstreamState> tried) {
        for (int i = 0; i < states.size(); i++) {
            UpstreamState candidate = states.get(Math.floorMod(turn++, states.size()));
            if (candidate.isOpen() && !tried.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
