package io.gatekeeper.login;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Parameters;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.LogoutTokenVerifier;
import io.gatekeeper.provider.LogoutTokenVerifier.VerifiedLogoutToken;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.provider.ProviderException;
import io.gatekeeper.session.Revocation;
import io.gatekeeper.session.Revocations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The provider signs somebody out. Straight-line and blocking; safe for use by many threads.
 *
 * <p>Specification: OpenID Connect Back-Channel Logout 1.0, sections 2.5 to 2.7.
 */
public final class BackChannelLogout {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Provider provider;
  private final LogoutTokenVerifier verifier;
  private final Revocations revocations;

  /**
   * Back-channel logout.
   *
   * @param provider the provider
   * @param verifier verifies logout tokens
   * @param revocations where the sessions end
   */
  public BackChannelLogout(
      Provider provider, LogoutTokenVerifier verifier, Revocations revocations) {
    this.provider = provider;
    this.verifier = verifier;
    this.revocations = revocations;
  }

  /**
   * Does what a logout request asks for.
   *
   * @param request the request
   * @return what was revoked
   * @throws ProviderException when the request is none that counts, or could not be carried out
   */
  public Revocation run(GatekeeperRequest request) throws ProviderException {
    Optional<String> token =
        request
            .form()
            .flatMap(Parameters::parse)
            .flatMap(parameters -> parameters.single("logout_token"));
    if (token.isEmpty()) {
      throw new ProviderException(
          Rejection.LOGOUT_TOKEN_INVALID,
          "no form with one logout_token (application/x-www-form-urlencoded, at most %d bytes)"
              .formatted(GatekeeperRequest.FORM_LIMIT));
    }
    Revocation revocation = revocation(verifier.verify(provider.metadata(), token.get()));
    await(revocation);
    return revocation;
  }

  /** Section 2.7: one session where it is named, all of the user's where it is not. */
  private static Revocation revocation(VerifiedLogoutToken token) {
    return token.session() == null
        ? new Revocation.OfProviderSubject(
            token.issuer(), String.valueOf(token.subject()), token.issued())
        : new Revocation.OfProviderSession(token.issuer(), token.session(), token.issued());
  }

  private void await(Revocation revocation) throws ProviderException {
    try {
      revocations
          .revoke(revocation)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ProviderException(
          Rejection.OVERLOADED, "the revocation could not be shared: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(Rejection.OVERLOADED, "this process ends", e);
    }
  }
}
