package io.gatekeeper.servlet.containers;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A web application, described once for every container. What the servlet API can register, it
 * registers itself, in the order of the calls; the rest a container reads from here.
 */
final class Application implements ServletContainerInitializer {
  /** A page that answers in place of an error; the status is 0 where an exception is meant. */
  record ErrorPage(int status, Class<? extends Throwable> exception, String location) {}

  /** The container's own BASIC login guards a path, for users with a role. */
  record Constraint(String path, String role) {}

  /** A user whom the container itself knows, with a role. */
  static final String CONTAINER_USER = "tom";

  /** The password of the container's own user. */
  static final String CONTAINER_PASSWORD = "of the container";

  /** The role of the container's own user. */
  static final String CONTAINER_ROLE = "operator";

  private interface Registration {
    void apply(ServletContext context) throws ServletException;
  }

  private final String contextPath;
  private final List<Registration> registrations = new ArrayList<>();
  private final List<ErrorPage> errorPages = new ArrayList<>();
  private final List<String> welcomeFiles = new ArrayList<>();
  private final List<Constraint> constraints = new ArrayList<>();
  private Path documents;
  private ClassLoader classLoader = Application.class.getClassLoader();
  private boolean async = true;

  private Application(String contextPath) {
    this.contextPath = contextPath;
  }

  /** An application under this context path; empty for the root. */
  static Application at(String contextPath) {
    return new Application(contextPath);
  }

  /** A filter for these dispatches of every request. */
  Application filter(Filter filter, DispatcherType... dispatches) {
    return filter(filter, Map.of(), List.of("/*"), dispatches);
  }

  /** A filter with init-params and its mappings. */
  Application filter(
      Filter filter,
      Map<String, String> parameters,
      List<String> patterns,
      DispatcherType... dispatches) {
    String name = "filter " + registrations.size();
    EnumSet<DispatcherType> types = EnumSet.of(dispatches[0], dispatches);
    registrations.add(
        context -> {
          FilterRegistration.Dynamic registered = context.addFilter(name, filter);
          registered.setAsyncSupported(async);
          registered.setInitParameters(parameters);
          registered.addMappingForUrlPatterns(types, true, patterns.toArray(String[]::new));
        });
    return this;
  }

  /** A servlet for a pattern. */
  Application servlet(String pattern, Servlet servlet) {
    registrations.add(
        context -> {
          ServletRegistration.Dynamic registered =
              context.addServlet("servlet " + pattern, servlet);
          registered.setAsyncSupported(async);
          registered.addMapping(pattern);
        });
    return this;
  }

  /** A servlet that is one method. */
  Application page(String pattern, ServletPage page) {
    return servlet(pattern, page.servlet());
  }

  /** A listener. */
  Application listener(EventListener listener) {
    registrations.add(context -> context.addListener(listener));
    return this;
  }

  /** From now on what is registered says that it can't be asynchronous. */
  Application withoutAsync() {
    async = false;
    return this;
  }

  /** Answers errors of a status with the page there. */
  Application errorPage(int status, String location) {
    errorPages.add(new ErrorPage(status, null, location));
    return this;
  }

  /** Answers exceptions of a type with the page there. */
  Application errorPage(Class<? extends Throwable> exception, String location) {
    errorPages.add(new ErrorPage(0, exception, location));
    return this;
  }

  /** Serves the files of a folder, WEB-INF excepted. */
  Application documents(Path folder, String... welcome) {
    documents = folder;
    welcomeFiles.addAll(List.of(welcome));
    return this;
  }

  /** The container itself guards a path. */
  Application constraint(String path, String role) {
    constraints.add(new Constraint(path, role));
    return this;
  }

  /** The class loader of the application. */
  Application classLoader(ClassLoader loader) {
    classLoader = loader;
    return this;
  }

  String contextPath() {
    return contextPath;
  }

  List<ErrorPage> errorPages() {
    return errorPages;
  }

  List<String> welcomeFiles() {
    return welcomeFiles;
  }

  List<Constraint> constraints() {
    return constraints;
  }

  /** The folder of its files, or null. */
  Path documents() {
    return documents;
  }

  ClassLoader classLoader() {
    return classLoader;
  }

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
    for (Registration registration : registrations) {
      registration.apply(context);
    }
  }
}
