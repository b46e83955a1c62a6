package io.gatekeeper.examples.kubeflow;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;

/** What the gateway's HTTP clients have in common: they add nothing and follow nothing. */
final class Clients {
  private static final int HEADERS = 64 * 1024;

  private Clients() {}

  static void configure(HttpClient client) {
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setRequestBufferSize(HEADERS);
    client.setMaxResponseHeadersSize(HEADERS);
  }
}
