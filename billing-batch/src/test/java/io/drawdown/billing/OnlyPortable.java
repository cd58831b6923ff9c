package io.drawdown.billing;

import io.drawdown.kit.testing.portable.PortableCommands;
import jakarta.inject.Singleton;

/** The service's own client is heard, too. */
@Singleton
public final class OnlyPortable extends PortableCommands {}
