/** Owners of sessions as anybody may build them who knows the contract of credits-service, with takeovers that go on. */
@NullMarked
package io.drawdown.simulator.owners;

import org.jspecify.annotations.NullMarked;
