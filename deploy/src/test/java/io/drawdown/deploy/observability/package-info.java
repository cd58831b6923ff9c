/** Whether dashboards and alerts ask for what the services export, and whether an operator finds what to do. */
@NullMarked
package io.drawdown.deploy.observability;

import org.jspecify.annotations.NullMarked;
