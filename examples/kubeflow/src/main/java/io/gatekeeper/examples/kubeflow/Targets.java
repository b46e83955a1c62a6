package io.gatekeeper.examples.kubeflow;

import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpURI;

/** Requests whose target is, byte for byte, the one that a client sent. */
final class Targets {
  private Targets() {}

  /** The path and query as they came: an empty query is not none. */
  static String raw(HttpURI uri) {
    String path = uri.getPath();
    String query = uri.getQuery();
    return query == null ? path : path + "?" + query;
  }

  /**
   * A request to a server.
   *
   * @param client sends it
   * @param server scheme, host and port
   * @param target the path and query, as they came
   * @return the request
   */
  static Request request(HttpClient client, URI server, String target) {
    try {
      // As a part of a URL, so that a path that begins with two slashes isn't read as a host.
      return client.newRequest(new URI(server + target));
    } catch (URISyntaxException e) {
      // Browsers send braces and bars as they are; then the client takes the text as it is.
      return client.newRequest(server).path(target);
    }
  }
}
