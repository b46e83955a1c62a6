package io.gatekeeper;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Printable;
import io.gatekeeper.http.RequestTarget;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.Revocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log, in one line each and without anything secret: of a request its method and path,
 * never its query or headers. What strangers can cause at will is told below the level of warnings.
 */
final class LoggingListener implements GatekeeperListener {
  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);
  private static final int LONGEST = 200;

  @Override
  public void rejected(Rejection rejection, GatekeeperRequest request, String detail) {
    String line =
        "%s: %s %s %s"
            .formatted(
                rejection.code(),
                Printable.line(request.method(), LONGEST),
                Printable.line(RequestTarget.of(request.target()).path(), LONGEST),
                Printable.line(detail, 2 * LONGEST));
    switch (rejection) {
      case INTERNAL,
          PROVIDER_METADATA,
          CLIENT_REFUSED,
          TOKEN_RESPONSE_INVALID,
          ID_TOKEN_EXPIRED,
          ID_TOKEN_ISSUED_AT ->
          LOG.warn(line);
      default -> {
        if (rejection.status() == 401) {
          LOG.debug(line);
        } else {
          LOG.info(line);
        }
      }
    }
  }

  @Override
  public void signedIn(Identity identity) {
    LOG.info("signed in: {}", Printable.line(identity.user(), LONGEST));
  }

  @Override
  public void signedOut(Identity identity) {
    LOG.info("signed out: {}", Printable.line(identity.user(), LONGEST));
  }

  @Override
  public void signedOutByProvider(Revocation revocation) {
    LOG.info(
        "signed out by the provider: {}",
        revocation instanceof Revocation.OfProviderSubject everywhere
            ? "all sessions of " + Printable.line(everywhere.subject(), LONGEST)
            : "one session there");
  }
}
