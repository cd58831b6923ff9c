/**
 * Owns how a run happens: who has it, the fence, the turns of its processes, its takeover, and what is due by schedule. Uses {@code
 * batch}, {@code run} and {@code run.store}.
 */
@NullMarked
package io.drawdown.billing.run.engine;

import org.jspecify.annotations.NullMarked;
