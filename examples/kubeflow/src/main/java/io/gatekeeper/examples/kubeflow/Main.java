package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.ConfigurationException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Runs the whole picture until Ctrl-C. */
public final class Main {
  private Main() {}

  /**
   * Starts everything, and says where it is and who may sign in. The settings are system
   * properties: {@code port}, {@code static-username}, {@code static-password}, {@code connectors},
   * {@code dex}, {@code issuer}, {@code client-id}, {@code client-secret}.
   *
   * @param args none; or {@code dex-config} and its options, which prints Dex's configuration file
   *     and starts nothing, as the property {@code dex-config}, a file to write, does
   * @throws InterruptedException where the wait for Ctrl-C is cut short
   */
  public static void main(String[] args) throws InterruptedException {
    try {
      run(List.of(args), System.getProperties());
    } catch (BindException | IllegalArgumentException | ConfigurationException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(List<String> args, Properties properties)
      throws BindException, InterruptedException {
    Optional<String> file = Settings.text(properties, DexConfigCommand.NAME);
    if (file.isPresent()) {
      DexConfigCommand.write(file.get(), properties);
      System.out.println("written: " + file.get());
    } else if (args.isEmpty()) {
      demonstrate(Settings.of(properties));
    } else if (args.get(0).equals(DexConfigCommand.NAME)) {
      System.out.print(DexConfigCommand.render(args.subList(1, args.size()), properties));
    } else {
      throw new IllegalArgumentException(args.get(0) + " (expected: dex-config, or nothing)");
    }
  }

  private static void demonstrate(Settings settings) throws BindException, InterruptedException {
    Demo demo = Demo.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
    System.out.println(Greeting.of(demo.address(), settings, demo.dexLog()));
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
}
