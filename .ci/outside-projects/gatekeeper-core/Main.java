package outside;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.Response;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Embeds the core, and prints where it sends somebody who is not signed in. */
public final class Main {
  private static final String URL = "https://app.example.com";
  private static final Map<String, String> HEADERS =
      Map.of("Accept", "text/html", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Site", "none");

  private Main() {}

  private record Request(String target, Map<String, String> lines) implements GatekeeperRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String host() {
      return "app.example.com";
    }

    @Override
    public List<String> headers(String name) {
      return lines.entrySet().stream()
          .filter(line -> line.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    @Override
    public Collection<String> headerNames() {
      return lines.keySet();
    }

    @Override
    public Optional<String> form() {
      return Optional.of("");
    }
  }

  public static void main(String... arguments) throws Exception {
    try (Discovery provider = new Discovery();
        Gatekeeper gatekeeper =
            Gatekeeper.of(
                GatekeeperConfig.builder()
                    .set("issuer", provider.issuer())
                    .set("insecure-allow-http-issuer", true)
                    .set("client-id", "outside")
                    .set("external-url", URL)
                    .build())) {
      String location = URL + "/page?x=1";
      Response response = null;
      while (location.startsWith(URL)) {
        // Once more: to the way in, which waits until the provider is known.
        String target = location.substring(URL.length());
        Decision decision = gatekeeper.handle(new Request(target, HEADERS)).toCompletableFuture().get();
        response = ((Decision.Respond) decision).response();
        location = response.header("Location").orElse("nowhere");
      }
      if (!location.startsWith(provider.issuer() + "/auth?")) {
        throw new AssertionError(response.status() + " to " + location);
      }
      System.out.println(response.status());
    }
  }
}
