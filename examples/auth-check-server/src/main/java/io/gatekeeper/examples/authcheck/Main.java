package io.gatekeeper.examples.authcheck;

import io.gatekeeper.ConfigurationException;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.netty.AuthCheckServer;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the auth checks of a gateway until it is told to stop (SIGTERM). */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private static final int FINE = 0;
  private static final int NOT_STARTED = 1;
  private static final int MISUSED = 2;

  private final Function<GatekeeperConfig, Gatekeeper> gatekeepers;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Main(
      Function<GatekeeperConfig, Gatekeeper> gatekeepers,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err) {
    this.gatekeepers = gatekeepers;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /**
   * The command.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String... arguments) {
    Main main = new Main(Gatekeeper::of, System.getenv(), System.out, System.err);
    int code = main.run(Main::closeAtExit, arguments);
    if (code != FINE) {
      System.exit(code);
    }
  }

  /**
   * Starts the server.
   *
   * @param started gets what runs then, to be closed at the end
   * @param arguments the command line
   * @return the exit code; 0 too where the server runs on
   */
  int run(Consumer<Running> started, String... arguments) {
    try {
      Arguments parsed = Arguments.parse(arguments);
      if (parsed.help()) {
        out.print(Arguments.USAGE);
      } else {
        started.accept(start(settings(parsed)));
      }
      return FINE;
    } catch (Arguments.UsageException e) {
      err.println(e.getMessage());
      err.print(Arguments.USAGE);
      return MISUSED;
    } catch (ConfigurationException e) {
      err.println(e.getMessage());
      return MISUSED;
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return NOT_STARTED;
    }
  }

  private GatekeeperConfig settings(Arguments arguments) {
    return arguments
        .config()
        .map(file -> GatekeeperConfig.load(file, environment))
        .orElseGet(() -> GatekeeperConfig.fromEnvironment(environment));
  }

  private Running start(GatekeeperConfig config) {
    Gatekeeper gatekeeper = gatekeepers.apply(config);
    try {
      AuthCheckServer server = AuthCheckServer.start(gatekeeper, config.server());
      log.info("Own endpoints ({}): {}", config.prefix(), text(server.address()));
      log.info("Checks of the gateway: {}", text(server.checkAddress()));
      log.info("Health (/live, /ready): {}", text(server.healthAddress()));
      return new Running(server, gatekeeper);
    } catch (RuntimeException e) {
      gatekeeper.close();
      throw e;
    }
  }

  /** Without the slash that separates a name from its address. */
  private static String text(InetSocketAddress address) {
    String text = address.toString();
    return text.substring(text.indexOf('/') + 1);
  }

  private static void closeAtExit(Running running) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  log.info("Stopping");
                  running.close();
                },
                "gatekeeper-stop"));
  }
}
