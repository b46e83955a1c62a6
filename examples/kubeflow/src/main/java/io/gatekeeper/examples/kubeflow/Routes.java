package io.gatekeeper.examples.kubeflow;

import java.net.URI;
import java.util.Optional;

/**
 * Where the gateway sends a request, by the path as it came.
 *
 * @param check who is asked before
 * @param ownEndpoints where {@code /gatekeeper/**} is served
 * @param provider where {@code /dex/**} is served; empty where the provider is elsewhere
 * @param application where all else is served
 */
record Routes(URI check, URI ownEndpoints, Optional<URI> provider, URI application) {
  /**
   * Whether a path is the provider's, which people have to reach before they are signed in. By the
   * first bytes of the path as it came: what only reads like them in another spelling is asked
   * about, and is the application's.
   */
  boolean isUnasked(String path) {
    return provider.isPresent() && path.startsWith("/dex/");
  }

  /** The server behind a path. */
  URI of(String path) {
    if (isUnasked(path)) {
      return provider.orElseThrow();
    }
    return path.startsWith("/gatekeeper/") ? ownEndpoints : application;
  }
}
