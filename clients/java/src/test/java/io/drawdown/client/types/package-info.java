/** Makes types for TypeScript of the JSON Schemas of the frames. */
@NullMarked
package io.drawdown.client.types;

import org.jspecify.annotations.NullMarked;
