/**
 * What the tests demand of every command to the database: that any MongoDB-compatible server knows it, and that a sharded
 * cluster takes it.
 */
@NullMarked
package io.drawdown.kit.testing.portable;

import org.jspecify.annotations.NullMarked;
