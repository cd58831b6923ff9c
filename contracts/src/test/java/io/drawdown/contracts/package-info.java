@NullMarked
package io.drawdown.contracts;

import org.jspecify.annotations.NullMarked;
