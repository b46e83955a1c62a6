package io.gatekeeper.examples.kubeflow;

import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * The application behind, which knows nothing of logins: who is there, it reads from the headers
 * that the gateway sets. It shows them, with the path that was asked for.
 */
final class Application implements AutoCloseable {
  private final Server server = new Server();

  private Application() {}

  /** Starts it on a free port of loopback. */
  static Application start() {
    Application application = new Application();
    Servers.connector(application.server, 0);
    Servers.start(application.server, new Pages());
    return application;
  }

  /** Where the gateway finds it. */
  URI address() {
    return Servers.address(server);
  }

  @Override
  public void close() {
    Servers.stop(server);
  }

  private record Asset(String type, String text) {
    static Asset of(String type, String file) {
      return new Asset(type, Template.text(file));
    }
  }

  private static final class Pages extends Handler.Abstract {
    private static final String POLICY =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Map<String, Asset> assets =
        Map.of(
            "/assets/page.css", Asset.of("text/css", "page.css"),
            "/assets/page.js", Asset.of("text/javascript", "page.js"),
            "/assets/icon.svg", Asset.of("image/svg+xml", "icon.svg"));
    private final ApplicationPage page = new ApplicationPage();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = request.getHttpURI().getPath();
      Asset asset = assets.get(path);
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      if (asset == null) {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      }
      if (asset != null) {
        answer(response, asset.type(), asset.text(), callback);
      } else if (path.startsWith("/api/")) {
        answer(response, "application/json", hello(request.getHeaders()), callback);
      } else {
        response.getHeaders().put("Content-Security-Policy", POLICY);
        answer(response, "text/html", page.html(request), callback);
      }
      return true;
    }

    private static String hello(HttpFields headers) {
      return "{\"hello\": " + Json.text(headers.get("kubeflow-userid")) + "}\n";
    }

    private static void answer(Response response, String type, String text, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type + ";charset=utf-8");
      Content.Sink.write(response, true, text, callback);
    }
  }
}
