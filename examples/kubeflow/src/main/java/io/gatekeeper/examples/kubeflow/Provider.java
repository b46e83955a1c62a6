package io.gatekeeper.examples.kubeflow;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An OpenID provider in Dex's place: Spring Authorization Server on a free port of loopback, seen
 * through the gateway at {@code /dex}. It knows one person, one client, and the {@linkplain
 * Neighbour examples} that stand on their own.
 */
final class Provider implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private Provider(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * What the provider knows.
   *
   * @param site where browsers find the gateway, without a slash at the end
   * @param clientId its one client
   * @param clientSecret the client's secret
   * @param username its one person
   * @param password that person's password
   */
  record Knowledge(
      URI site, String clientId, String clientSecret, String username, String password) {
    /** The issuer, as it is seen through the gateway. */
    String issuer() {
      return site + "/dex";
    }

    /** Where its one client wants people to be after a sign-out. */
    String afterLogout() {
      return site + "/gatekeeper/logged-out";
    }

    @Override
    public String toString() {
      return "Knowledge[site=" + site + ", clientId=" + clientId + ", username=" + username + "]";
    }
  }

  /**
   * Starts a provider.
   *
   * @param knowledge what it knows
   * @return the running provider
   */
  static Provider start(Knowledge knowledge) {
    SpringApplication application = new SpringApplication(ProviderConfiguration.class);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("knowledge", knowledge));
    // As arguments: the environment has no say in them.
    String[] arguments =
        Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                "server.servlet.context-path", "/dex",
                "server.forward-headers-strategy", "native",
                "server.servlet.session.cookie.name", "provider-session",
                "server.servlet.session.cookie.same-site", "lax",
                "spring.main.banner-mode", "off",
                "spring.main.log-startup-info", "false",
                "spring.jmx.enabled", "false",
                "logging.level.root", "warn")
            .entrySet()
            .stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new);
    return new Provider(application.run(arguments));
  }

  /** Where the gateway finds it. */
  URI address() {
    WebServer server = ((WebServerApplicationContext) context).getWebServer();
    int port = Objects.requireNonNull(server).getPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    context.close();
  }
}
