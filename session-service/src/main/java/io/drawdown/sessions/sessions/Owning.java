package io.drawdown.sessions.sessions;

/** What an owner of sessions works with. */
record Owning(
        GuardedWrites writes,
        CreditsClient credits,
        Releases releases,
        Media media,
        Standstill standstill,
        Machinery machinery,
        Settings settings) {}
