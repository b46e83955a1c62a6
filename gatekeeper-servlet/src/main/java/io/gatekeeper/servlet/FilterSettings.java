package io.gatekeeper.servlet;

import io.gatekeeper.ConfigurationException;
import io.gatekeeper.GatekeeperConfig;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a filter that a container makes. */
final class FilterSettings {
  private static final String CONFIG = "config";
  private static final String USUAL = "/WEB-INF/gatekeeper.yaml";
  private static final String WITHIN = "/WEB-INF/";
  private static final String CLASSPATH = "classpath:";

  private FilterSettings() {}

  /**
   * Reads them.
   *
   * @param problems what is wrong with them is added here, a line each
   * @return the settings, if nothing is wrong
   */
  static Optional<GatekeeperConfig> read(
      FilterConfig filter, Map<String, String> environment, List<String> problems) {
    GatekeeperConfig.Builder builder = GatekeeperConfig.builder();
    Map<String, String> parameters = parameters(filter);
    String config = parameters.remove(CONFIG);
    if (!readFile(filter.getServletContext(), config, builder)) {
      problems.add(CONFIG + ": " + config + " (expected: a resource of the application)");
      return Optional.empty();
    }
    try {
      return Optional.of(builder.texts(parameters).environment(environment).build());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static Map<String, String> parameters(FilterConfig filter) {
    Map<String, String> parameters = new HashMap<>();
    filter
        .getInitParameterNames()
        .asIterator()
        .forEachRemaining(name -> parameters.put(name, filter.getInitParameter(name)));
    return parameters;
  }

  /** False when what is named isn't there; the usual place may be empty. */
  private static boolean readFile(
      ServletContext context, @Nullable String config, GatekeeperConfig.Builder builder) {
    if (config != null && !config.startsWith(WITHIN) && !config.startsWith(CLASSPATH)) {
      // In full, since a message that names it has to say where it was looked for.
      builder.file(Path.of(config).toAbsolutePath());
      return true;
    }
    String name = config == null ? USUAL : config;
    try (InputStream resource = resource(context, name)) {
      if (resource != null) {
        builder.yaml(resource, name);
      }
      return resource != null || config == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** As a stream: an archive may not be unpacked. */
  private static @Nullable InputStream resource(ServletContext context, String name) {
    return name.startsWith(CLASSPATH)
        ? context.getClassLoader().getResourceAsStream(name.substring(CLASSPATH.length()))
        : context.getResourceAsStream(name);
  }
}
