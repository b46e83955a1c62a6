/**
 * Dex, the provider of Kubeflow, as an operator sets it up: static user, connectors, its
 * configuration file and its process.
 */
@NullMarked
package io.gatekeeper.examples.kubeflow.dex;

import org.jspecify.annotations.NullMarked;
