package io.gatekeeper.examples.kubeflow;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Asks before each request, as Ambassador's AuthService does: a 200, and that alone, lets it by;
 * any other answer goes to the client; no answer, or a 5xx, is a 403.
 *
 * <p>Nothing waits: the client's answer and the rest of a request's way run on the HTTP client's
 * threads.
 */
final class AuthCheck extends Handler.Wrapper {
  /** What Ambassador always sends, and what tells a navigation from a program. */
  private static final Set<String> ASKED =
      Set.of(
          "host",
          "authorization",
          "cookie",
          "from",
          "proxy-authorization",
          "user-agent",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "accept",
          "origin",
          "access-control-request-method",
          "sec-fetch-mode",
          "sec-fetch-dest",
          "sec-fetch-site",
          "sec-purpose",
          "x-requested-with",
          "upgrade");

  /** Replaced on a request's way up; where the answer has none, the client's are left out. */
  private static final List<String> ALLOWED_UP =
      List.of("kubeflow-userid", "kubeflow-groups", "cookie");

  /** What a client gets of an answer that isn't a 200. */
  private static final Set<String> ALLOWED_DOWN =
      Set.of("location", "set-cookie", "www-authenticate", "content-type", "cache-control");

  private static final int LONGEST_ANSWER = 1024 * 1024;

  private final URI check;
  private final Routes routes;
  private final Duration timeout;
  private final HttpClient client = new HttpClient();

  /**
   * Asks before a handler.
   *
   * @param routes who is asked, and about what
   * @param timeout how long an answer may take
   * @param next takes what is let by
   */
  AuthCheck(Routes routes, Duration timeout, Handler next) {
    super(next);
    this.check = routes.check();
    this.routes = routes;
    this.timeout = timeout;
    Clients.configure(client);
    installBean(client);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    // A 401 is the browser's, and bodies pass as they are.
    client.getProtocolHandlers().clear();
    client.getContentDecoderFactories().clear();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (routes.isUnasked(request.getHttpURI().getPath())) {
      return super.handle(request, response, callback);
    }
    Targets.request(client, check, Targets.raw(request.getHttpURI()))
        .method(request.getMethod())
        .headers(headers -> asked(request.getHeaders(), headers))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .send(
            new BufferingResponseListener(LONGEST_ANSWER) {
              @Override
              public void onComplete(Result result) {
                answered(result, getContent(), request, response, callback);
              }
            });
    return true;
  }

  private static void asked(HttpFields request, HttpFields.Mutable check) {
    for (HttpField field : request) {
      if (ASKED.contains(field.getLowerCaseName())) {
        check.add(field);
      }
    }
  }

  private void answered(
      Result result, byte[] body, Request request, Response response, Callback callback) {
    int status = result.isFailed() ? 0 : result.getResponse().getStatus();
    if (status == HttpStatus.OK_200) {
      allow(result.getResponse().getHeaders(), request, response, callback);
    } else if (status == 0 || HttpStatus.isServerError(status)) {
      response.setStatus(HttpStatus.FORBIDDEN_403);
      callback.succeeded();
    } else {
      deny(status, result.getResponse().getHeaders(), body, response, callback);
    }
  }

  private void allow(HttpFields answer, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
    for (String name : ALLOWED_UP) {
      headers.remove(name);
      for (HttpField field : answer.getFields(name)) {
        headers.add(field);
      }
    }
    try {
      super.handle(new WithHeaders(request, headers.asImmutable()), response, callback);
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private static void deny(
      int status, HttpFields answer, byte[] body, Response response, Callback callback) {
    response.setStatus(status);
    for (HttpField field : answer) {
      if (ALLOWED_DOWN.contains(field.getName().toLowerCase(Locale.ROOT))) {
        response.getHeaders().add(field);
      }
    }
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
