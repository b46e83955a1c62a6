/**
 * Kubeflow's picture in one process: a gateway that asks before each request, the server that
 * answers it, a provider and an application.
 */
@NullMarked
package io.gatekeeper.examples.kubeflow;

import org.jspecify.annotations.NullMarked;
