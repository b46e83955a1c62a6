package io.gatekeeper.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EventListener;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A Tomcat on a free port of loopback, to which applications are added while it runs. */
final class TomcatServer implements AutoCloseable {
  /** Held, since the logging of the JDK lets go of loggers that nobody holds. */
  private static final Logger LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();
  private final Path directory;

  private TomcatServer() {
    LOG.setLevel(Level.OFF);
    try {
      directory = Files.createTempDirectory("tomcat");
      tomcat.setBaseDir(directory.toString());
      tomcat.setHostname("localhost");
      tomcat.setPort(0);
      tomcat.getHost();
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      // Tomcat's own 8 KiB are few for long addresses and cookies; docs/servlet.md says so.
      tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "65536");
      tomcat.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  static TomcatServer start() {
    return new TomcatServer();
  }

  Tomcat tomcat() {
    return tomcat;
  }

  String base() {
    return "http://localhost:" + tomcat.getConnector().getLocalPort();
  }

  /** Adds an application and starts it. */
  App add(String contextPath, Consumer<App> content) {
    App app = new App(contextPath);
    content.accept(app);
    tomcat.getHost().addChild(app.context);
    return app;
  }

  /** An application in the making. */
  final class App {
    final StandardContext context = new StandardContext();

    private App(String contextPath) {
      try {
        context.setPath(contextPath);
        context.setName(contextPath);
        context.setDocBase(Files.createTempDirectory(directory, "app").toString());
        context.addLifecycleListener(new Tomcat.FixContextListener());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path docBase() {
      return Path.of(context.getDocBase());
    }

    /** Guards everything, as a mapping without dispatchers does. */
    App filter(Filter filter) {
      return filter("filter" + context.findFilterDefs().length, filter, List.of(), "/*");
    }

    App filter(String name, Filter filter, List<String> dispatchers, String pattern) {
      FilterDef definition = new FilterDef();
      definition.setFilterName(name);
      definition.setFilter(filter);
      definition.setFilterClass(filter.getClass().getName());
      definition.setAsyncSupported("true");
      context.addFilterDef(definition);
      return map(name, dispatchers, pattern);
    }

    App map(String name, List<String> dispatchers, String pattern) {
      FilterMap mapping = new FilterMap();
      mapping.setFilterName(name);
      mapping.addURLPattern(pattern);
      dispatchers.forEach(mapping::setDispatcher);
      context.addFilterMap(mapping);
      return this;
    }

    App listener(EventListener listener) {
      context.addApplicationEventListener(listener);
      return this;
    }

    @SuppressWarnings("deprecation") // The other way in is Tomcat 12's.
    App servlet(String pattern, HttpServlet servlet) {
      String name = "servlet" + context.findChildren().length;
      Tomcat.addServlet(context, name, servlet).setAsyncSupported(true);
      context.addServletMappingDecoded(pattern, name, false);
      return this;
    }

    Context context() {
      return context;
    }
  }

  @Override
  public void close() {
    if (tomcat.getServer().getState() == LifecycleState.DESTROYED) {
      return;
    }
    try {
      tomcat.stop();
      tomcat.destroy();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
