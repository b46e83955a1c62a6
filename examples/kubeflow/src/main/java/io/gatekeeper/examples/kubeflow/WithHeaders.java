package io.gatekeeper.examples.kubeflow;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** A request with other headers than it came with. */
final class WithHeaders extends Request.Wrapper {
  private final HttpFields headers;

  WithHeaders(Request request, HttpFields headers) {
    super(request);
    this.headers = headers;
  }

  @Override
  public HttpFields getHeaders() {
    return headers;
  }
}
