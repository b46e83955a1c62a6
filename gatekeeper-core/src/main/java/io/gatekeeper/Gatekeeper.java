package io.gatekeeper;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import io.gatekeeper.session.Revocations;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Decides about requests: affirms those with a session, sends people to the OpenID provider, and
 * finishes their login. One for a process, closed with it. Safe for use by many threads.
 *
 * <p>An application embeds it with {@link #handle}; a server that answers a gateway's auth checks
 * uses {@link #check} and {@link #serve}.
 */
public interface Gatekeeper extends AutoCloseable {
  /**
   * The gatekeeper of these settings. The provider isn't asked for anything yet.
   *
   * @param config the settings
   * @return a gatekeeper, to be closed by the caller
   * @throws ConfigurationException when the CA bundle can't be read
   */
  static Gatekeeper of(GatekeeperConfig config) {
    return builder(config).build();
  }

  /**
   * A gatekeeper with more to say than settings.
   *
   * @param config the settings
   * @return a builder
   */
  static GatekeeperBuilder builder(GatekeeperConfig config) {
    return new GatekeeperBuilder(config);
  }

  /**
   * Decides about a request to an application that Gatekeeper is embedded in, own endpoints
   * included.
   *
   * @param request the request
   * @return the decision; complete on return unless the provider has to be asked, never
   *     exceptional, and completed on an unspecified thread
   */
  CompletionStage<Decision> handle(GatekeeperRequest request);

  /**
   * Whether {@link #handle} answers a request as one to an own endpoint, whose form it may read. An
   * adapter that can't wait for a body reads that form before it asks.
   *
   * @param request the request
   * @return true for an own endpoint's exact path under a host of ours
   */
  boolean owns(GatekeeperRequest request);

  /**
   * Answers a gateway's auth check about a request. Never waits: where the provider would have to
   * be asked, a navigation is sent to an own endpoint, which may.
   *
   * <p>A request for an own endpoint's exact path proceeds with every identity header empty and its
   * cookies whole, so that the gateway's route brings it to {@link #serve}.
   *
   * @param request the original request, as the gateway tells it
   * @return the decision; the status of a response is 302, 400, 401 or 403
   */
  Decision check(GatekeeperRequest request);

  /**
   * Answers a request to one of the own endpoints, as a gateway routes it.
   *
   * @param request the request
   * @return the answer, a 404 for any other path; never exceptional, and completed on an
   *     unspecified thread
   */
  CompletionStage<Response> serve(GatekeeperRequest request);

  /**
   * Answers, in person, a request that has to sign in before it goes on: a navigation is sent to
   * the provider, a program gets a 401, and a request that may not go on for another reason is told
   * so. For an application that asks for a sign-in itself, on a public page too, and for a gateway
   * that can't pass on the answer of the check that refused the request.
   *
   * @param request the request, as it came to the application or the gateway
   * @return the answer; it doesn't let the request by whatever session comes with it. Complete on
   *     return unless the provider has to be asked, never exceptional, and completed on an
   *     unspecified thread
   */
  CompletionStage<Response> challenge(GatekeeperRequest request);

  /**
   * Ends the session here, copies of its cookie included, where the application asks for it; not at
   * the provider, which only a page of its own can do: {@code logout} among the own endpoints sends
   * the browser there.
   *
   * @param request the request of the user who signs out
   * @return the {@code Set-Cookie} headers that have to go to the browser
   */
  List<Response.Header> signOut(GatekeeperRequest request);

  /**
   * The sessions that end before their time: for an administrator's page that signs somebody out,
   * or everybody. Gatekeeper checks no right to it: whoever calls {@link Revocations#revoke} has
   * made sure that the one who asks may. Unless {@link GatekeeperBuilder#revocations} says
   * otherwise they count in this process alone, and until it ends.
   *
   * @return the revocations, the same ones at each call
   */
  Revocations revocations();

  /**
   * Whether requests may come: the provider's metadata is known, so that logins can begin, and so
   * is what was revoked before ({@link Revocations#ready}). Affirming doesn't need the provider.
   * Never waits; a call while the metadata is not known makes sure that it is being asked for.
   *
   * @return true once both are known
   */
  boolean ready();

  /** Ends background work; no login can be begun or finished any more. */
  @Override
  void close();
}
