package io.gatekeeper.examples.kubeflow;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;

/** Sends a request on to the server that its path belongs to. */
final class Upstream extends ProxyHandler.Reverse {
  private final Routes routes;

  Upstream(Routes routes) {
    super(request -> request.getHttpURI());
    this.routes = routes;
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    Clients.configure(client);
  }

  @Override
  protected Request newProxyToServerRequest(org.eclipse.jetty.server.Request request, HttpURI uri) {
    return Targets.request(getHttpClient(), routes.of(uri.getPath()), Targets.raw(uri))
        .method(request.getMethod());
  }

  /** {@link Edge} has said it all. */
  @Override
  protected void addProxyHeaders(org.eclipse.jetty.server.Request request, Request proxied) {}
}
