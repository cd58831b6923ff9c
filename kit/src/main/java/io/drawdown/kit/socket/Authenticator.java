package io.drawdown.kit.socket;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The port that verifies the token of an {@code authenticate} frame; empty if it is not valid. */
public interface Authenticator {

    Uni<Optional<Identity>> verify(String token);
}
