/** In which ways an answer deviates from the committed OpenAPI description of its service. */
@NullMarked
package io.drawdown.kit.testing.openapi;

import org.jspecify.annotations.NullMarked;
