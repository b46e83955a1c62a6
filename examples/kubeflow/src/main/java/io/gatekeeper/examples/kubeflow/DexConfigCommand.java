package io.gatekeeper.examples.kubeflow;

import io.gatekeeper.examples.kubeflow.dex.DexConfig;
import io.gatekeeper.examples.kubeflow.dex.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/** Renders an operator's settings as Dex's configuration file. */
final class DexConfigCommand {
  static final String NAME = "dex-config";

  /** Dex's usual port. */
  private static final String LISTEN = "0.0.0.0:5556";

  private static final List<String> OPTIONS =
      List.of(
          "external-url",
          "redirect-uri",
          "client-id",
          "client-secret",
          "static-username",
          "static-password",
          "connectors");

  private DexConfigCommand() {}

  /**
   * Renders from the command line.
   *
   * @param options {@code --name value} or {@code --name=value}; they outrank the properties
   * @param properties the system's properties
   * @return the file
   * @throws IllegalArgumentException where something is missing or can't be used, saying what
   */
  static String render(List<String> options, Properties properties) {
    Properties all = new Properties();
    OPTIONS.stream()
        .filter(properties::containsKey)
        .forEach(name -> all.setProperty(name, properties.getProperty(name)));
    for (int i = 0; i < options.size(); i++) {
      String[] option = options.get(i).split("=", 2);
      String name = option[0].replaceFirst("^--", "");
      if (!option[0].startsWith("--") || !OPTIONS.contains(name)) {
        throw new IllegalArgumentException(
            option[0] + " (expected: --" + String.join(", --", new TreeSet<>(OPTIONS)) + ")");
      }
      if (option.length == 1 && ++i == options.size()) {
        throw new IllegalArgumentException(option[0] + ": missing (expected: a value behind it)");
      }
      all.setProperty(name, option.length == 2 ? option[1] : options.get(i));
    }
    return config(all).yaml();
  }

  /**
   * Renders into a file, which is its owner's alone.
   *
   * @param file where to
   * @param properties the system's properties
   * @throws IllegalArgumentException as {@link #render}; or where the file can't be written
   */
  static void write(String file, Properties properties) {
    String text = render(List.of(), properties);
    try {
      PrivateFile.write(Path.of(file), text);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "dex-config: " + file + " can't be written (" + e.getMessage() + ")");
    }
  }

  private static DexConfig config(Properties properties) {
    String site = site(required(properties, "external-url", "https://kubeflow.example.com"));
    return new DexConfig(
        site + "/dex",
        LISTEN,
        new DexConfig.Client(
            Settings.text(properties, "client-id").orElse(Settings.DEFAULT_CLIENT_ID),
            required(properties, "client-secret", "the one that Gatekeeper has"),
            Settings.text(properties, "redirect-uri").orElse(site + "/gatekeeper/callback")),
        StaticUsers.of(properties),
        Settings.connectors(properties));
  }

  private static String required(Properties properties, String name, String expected) {
    return Settings.text(properties, name)
        .orElseThrow(
            () -> new IllegalArgumentException(name + ": missing (expected: " + expected + ")"));
  }

  private static String site(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return text.replaceFirst("/+$", "");
      }
    } catch (URISyntaxException e) {
      // said below, as for another kind of URI
    }
    throw new IllegalArgumentException(
        "external-url: " + text + " (expected: a URL such as https://kubeflow.example.com)");
  }
}
