package io.gatekeeper;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.Revocation;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one; what one of them throws is logged and changes nothing. */
final class Listeners implements GatekeeperListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private final List<GatekeeperListener> listeners;

  Listeners(List<GatekeeperListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void affirmed(Identity identity) {
    tell(listener -> listener.affirmed(identity));
  }

  @Override
  public void rejected(Rejection rejection, GatekeeperRequest request, String detail) {
    tell(listener -> listener.rejected(rejection, request, detail));
  }

  @Override
  public void signedIn(Identity identity) {
    tell(listener -> listener.signedIn(identity));
  }

  @Override
  public void signedOut(Identity identity) {
    tell(listener -> listener.signedOut(identity));
  }

  @Override
  public void signedOutByProvider(Revocation revocation) {
    tell(listener -> listener.signedOutByProvider(revocation));
  }

  private void tell(Consumer<GatekeeperListener> event) {
    for (GatekeeperListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("a listener failed", e);
      }
    }
  }
}
