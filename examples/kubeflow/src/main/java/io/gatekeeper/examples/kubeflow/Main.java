package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.ConfigurationException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Runs the whole picture until Ctrl-C. */
public final class Main {
  private Main() {}

  /**
   * Starts everything, and says where it is and who may sign in. The settings are system
   * properties: {@code port}, {@code static-username}, {@code static-password}, {@code issuer},
   * {@code client-id}, {@code client-secret}.
   *
   * @param args none
   * @throws InterruptedException where the wait for Ctrl-C is cut short
   */
  public static void main(String[] args) throws InterruptedException {
    Settings settings;
    Demo demo;
    try {
      settings = Settings.of(System.getProperties());
      demo = Demo.start(settings);
    } catch (BindException | IllegalArgumentException | ConfigurationException e) {
      fail(e.getMessage());
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
    System.out.println(greeting(demo, settings));
    if (Boolean.getBoolean("ends-with-parent")) {
      awaitParentsEnd();
      System.exit(0);
    }
    Thread.currentThread().join();
  }

  /** Ctrl-C reaches both; a Maven that is ended in another way would leave this one behind. */
  private static void awaitParentsEnd() {
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
  }

  private static void fail(@Nullable String line) {
    System.err.println(line);
    System.exit(1);
  }

  static String greeting(Demo demo, Settings settings) {
    String who =
        settings
            .ownProvider()
            .map(
                own ->
                    "issuer: %s%nclient: %s, with the redirect URI %s/gatekeeper/callback"
                        .formatted(own.issuer(), own.clientId(), demo.address()))
            .orElseGet(
                () -> "user: %s%npassword: %s".formatted(settings.username(), settings.password()));
    return "%naddress: %s%n%s%n%nCtrl-C ends it.%n".formatted(demo.address(), who);
  }
}
