package outside;

import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.servlet.GatekeeperFilter;
import jakarta.servlet.DispatcherType;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** Starts an application with the filter, and prints how it answers somebody who is not signed in. */
public final class Main {
  private Main() {}

  public static void main(String... arguments) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "http://localhost:" + port;
    Server server = new Server(new InetSocketAddress("localhost", port));
    try (Discovery provider = new Discovery()) {
      GatekeeperConfig settings =
          GatekeeperConfig.builder()
              .set("issuer", provider.issuer())
              .set("insecure-allow-http-issuer", true)
              .set("client-id", "outside")
              .set("external-url", url)
              .build();
      ServletContextHandler application = new ServletContextHandler("/");
      FilterHolder filter = new FilterHolder(new GatekeeperFilter(settings));
      filter.setAsyncSupported(true);
      application.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
      server.setHandler(application);
      server.start();
      HttpRequest page =
          HttpRequest.newBuilder(URI.create(url + "/page?x=1"))
              .version(HttpClient.Version.HTTP_1_1)
              .header("Accept", "text/html")
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 302) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
      System.out.println(answer.statusCode());
    } finally {
      server.stop();
    }
  }
}
