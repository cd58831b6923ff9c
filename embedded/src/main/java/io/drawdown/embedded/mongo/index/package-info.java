/**
 * Owns the indexes of a collection: their order, what they keep of each document, and which of them answers a query. Uses
 * the server library only.
 */
@NullMarked
package io.drawdown.embedded.mongo.index;

import org.jspecify.annotations.NullMarked;
