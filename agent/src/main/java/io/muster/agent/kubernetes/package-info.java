/**
 * Kubernetes: objects are listed once and then watched, usage is read when there is a new
 * measurement.
 *
 * <p>Of fabric8 we use the kubeconfig, the TLS keys and the HTTP client. Its typed objects are left
 * out: answers are read while they stream into records of the fields that make rows.
 */
@NullMarked
package io.muster.agent.kubernetes;

import org.jspecify.annotations.NullMarked;
