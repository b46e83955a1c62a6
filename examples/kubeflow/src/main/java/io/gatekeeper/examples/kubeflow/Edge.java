package io.gatekeeper.examples.kubeflow;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The first thing behind the socket: what a client says about itself as if it were a proxy is
 * replaced by what is known of it.
 *
 * <p>Names that are not letters, digits and hyphens are left out: some applications take {@code
 * kubeflow_userid} for {@code kubeflow-userid}.
 */
final class Edge extends Handler.Wrapper {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9-]+");

  Edge(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(new WithHeaders(request, headers(request)), response, callback);
  }

  private static HttpFields headers(Request request) {
    HttpFields.Mutable headers = HttpFields.build();
    for (HttpField field : request.getHeaders()) {
      if (isClients(field)) {
        headers.add(field);
      }
    }
    headers.put(HttpHeader.X_FORWARDED_FOR, Request.getRemoteAddr(request));
    headers.put(HttpHeader.X_FORWARDED_PROTO, "http");
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host != null) {
      headers.put(HttpHeader.X_FORWARDED_HOST, host);
    }
    headers.put(HttpHeader.X_FORWARDED_PORT, String.valueOf(Request.getLocalPort(request)));
    return headers.asImmutable();
  }

  private static boolean isClients(HttpField field) {
    String name = field.getLowerCaseName();
    return PLAIN_NAME.matcher(name).matches()
        && !name.startsWith("x-forwarded-")
        && !name.equals("forwarded");
  }
}
