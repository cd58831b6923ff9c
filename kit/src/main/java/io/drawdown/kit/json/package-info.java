/** Owns the JSON of events, frames and HTTP: names, exact values, required fields, plain text. Uses contracts only. */
@NullMarked
package io.drawdown.kit.json;

import org.jspecify.annotations.NullMarked;
