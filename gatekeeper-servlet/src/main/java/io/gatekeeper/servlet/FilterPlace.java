package io.gatekeeper.servlet;

import io.gatekeeper.GatekeeperConfig;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/** Where a filter stands in its application: it guards all of it, or it doesn't start. */
final class FilterPlace {
  private static final String EVERYTHING = "/*";

  private FilterPlace() {}

  /** Whether every request comes by. */
  static void checkMapping(FilterConfig filter, List<String> problems) {
    String name = filter.getFilterName();
    FilterRegistration registration = filter.getServletContext().getFilterRegistration(name);
    Collection<String> patterns =
        registration == null ? List.of() : registration.getUrlPatternMappings();
    if (!patterns.contains(EVERYTHING)) {
      problems.add(
          "filter %s: mapped to %s (expected: %s, so that no request gets around it; the"
                  .formatted(name, patterns.isEmpty() ? "nothing" : patterns, EVERYTHING)
              + " rules say which paths are public)");
    }
  }

  /** Whether browsers find the application where the settings say. */
  static void checkContextPath(
      FilterConfig filter, GatekeeperConfig settings, List<String> problems) {
    URI external = settings.externalUrl();
    String context = filter.getServletContext().getContextPath();
    if (!context.equals(external.getPath()) && !context.equals(external.getRawPath())) {
      problems.add(
          "external-url: %s has the path %s, but the application's context path is %s (expected:"
                  .formatted(external, shown(external.getRawPath()), shown(context))
              + " the same; change external-url, or deploy the application under its path; a proxy"
              + " in front must not change paths)");
    }
  }

  private static String shown(String path) {
    return path.isEmpty() ? "/" : path;
  }
}
