package io.drawdown.simulator.owners;

/** What an owner calls. */
record Connections(OwnershipStore ownerships, FundingLink credits, OwnerMessages broadcast) {}
