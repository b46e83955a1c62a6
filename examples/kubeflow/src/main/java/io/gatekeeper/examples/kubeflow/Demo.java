package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.examples.kubeflow.dex.DexConfig;
import io.gatekeeper.examples.kubeflow.dex.DexProcess;
import io.gatekeeper.examples.kubeflow.dex.StaticUser;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/** The whole picture, running. */
final class Demo implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Gateway gateway;
  private Optional<Path> dexLog = Optional.empty();

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
    Settings.OwnProvider client =
        settings
            .ownProvider()
            .orElseGet(
                () ->
                    new Settings.OwnProvider(
                        site + "/dex",
                        Settings.DEFAULT_CLIENT_ID,
                        Optional.of(UUID.randomUUID().toString())));
    Optional<URI> provider = Optional.empty();
    if (settings.dex().isPresent()) {
      provider = Optional.of(startDex(settings.dex().get(), settings, site, client));
    } else if (settings.ownProvider().isEmpty()) {
      provider = Optional.of(startEmbedded(settings.staticUser().orElseThrow(), site, client));
    }
    Application application = keep(Application.start());
    Guard guard = keep(Guard.start(site, client, provider.isPresent()));
    gateway.start(
        new Routes(guard.checkAddress(), guard.address(), provider, application.address()),
        Gateway.CHECK_TIMEOUT);
    guard.warmUp();
  }

  private URI startDex(Path executable, Settings settings, URI site, Settings.OwnProvider client) {
    DexConfig.Client known =
        new DexConfig.Client(
            client.clientId(), client.clientSecret().orElseThrow(), site + "/gatekeeper/callback");
    DexProcess process =
        keep(
            DexProcess.start(
                executable,
                listen ->
                    new DexConfig(
                        client.issuer(),
                        listen,
                        known,
                        settings.staticUser(),
                        settings.connectors()),
                DexProcess.PATIENCE));
    dexLog = Optional.of(process.log());
    return process.address();
  }

  private URI startEmbedded(StaticUser user, URI site, Settings.OwnProvider client) {
    return keep(Provider.start(
            new Provider.Knowledge(
                site,
                client.clientId(),
                client.clientSecret().orElseThrow(),
                user.username(),
                user.password())))
        .address();
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** Where a browser goes, without a slash at the end. */
  URI address() {
    return gateway.address();
  }

  /** The output of the Dex that runs, if one does. */
  Optional<Path> dexLog() {
    return dexLog;
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
