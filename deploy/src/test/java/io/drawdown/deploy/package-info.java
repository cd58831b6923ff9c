/**
 * Owns the tests of the manifests in this module: each overlay is built, parsed strictly, and compared with the services. Uses
 * {@code deploy.check} and {@code deploy.crd}, and the sources and documents of the repository.
 */
@NullMarked
package io.drawdown.deploy;

import org.jspecify.annotations.NullMarked;
