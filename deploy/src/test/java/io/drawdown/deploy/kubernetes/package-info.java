/**
 * Owns the tests of the manifests in this module: each overlay is built, parsed strictly, and compared with the services. Uses
 * {@code kubernetes.check} and {@code kubernetes.crd}, and the sources and documents of the repository.
 */
@NullMarked
package io.drawdown.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
