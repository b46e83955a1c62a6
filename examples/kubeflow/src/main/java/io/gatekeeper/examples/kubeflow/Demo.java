package io.gatekeeper.examples.kubeflow;

import java.net.BindException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/** The whole picture, running. */
final class Demo implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Gateway gateway;

  private Demo(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Starts all of it.
   *
   * @param settings the port, and who may sign in
   * @return the running demo
   * @throws BindException where the port can't be had
   */
  static Demo start(Settings settings) throws BindException {
    Demo demo = new Demo(Gateway.open(settings.port()));
    try {
      demo.start(settings, demo.address());
      return demo;
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  private void start(Settings settings, URI site) {
    Optional<Provider> provider = Optional.empty();
    Settings.OwnProvider client;
    if (settings.ownProvider().isPresent()) {
      client = settings.ownProvider().get();
    } else {
      String secret = UUID.randomUUID().toString();
      Provider.Knowledge knowledge =
          new Provider.Knowledge(
              site, "kubeflow", secret, settings.username(), settings.password());
      provider = Optional.of(keep(Provider.start(knowledge)));
      client =
          new Settings.OwnProvider(knowledge.issuer(), knowledge.clientId(), Optional.of(secret));
    }
    Application application = keep(Application.start());
    Guard guard = keep(Guard.start(site, client, provider.isPresent()));
    gateway.start(
        new Routes(
            guard.checkAddress(),
            guard.address(),
            provider.map(Provider::address),
            application.address()),
        Gateway.CHECK_TIMEOUT);
    guard.warmUp();
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** Where a browser goes, without a slash at the end. */
  URI address() {
    return gateway.address();
  }

  /** Shuts the door first, so that its port is free at once, and then the rest. */
  @Override
  public void close() {
    close(gateway);
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("A part didn't stop: " + e.getMessage());
    }
  }
}
