package io.gatekeeper.servlet.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** Tomcat, of whichever version is on the class path. */
final class TomcatContainer implements Container {
  private static final Logger LOG = Logger.getLogger("org.apache");

  static {
    LOG.setLevel(Level.OFF);
  }

  private final Tomcat tomcat = new Tomcat();
  private final Path base;

  private TomcatContainer(int threads, boolean lenient) throws Exception {
    base = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(base.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", String.valueOf(threads));
    connector.setProperty("minSpareThreads", String.valueOf(Math.min(threads, 10)));
    connector.setProperty("maxHttpHeaderSize", "65536");
    connector.addUpgradeProtocol(new Http2Protocol());
    if (lenient) {
      connector.setEncodedSolidusHandling("passthrough");
      connector.setEncodedReverseSolidusHandling("passthrough");
      connector.setAllowBackslash(true);
      connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
    }
    tomcat.setConnector(connector);
    tomcat.getHost();
    tomcat.start();
  }

  static Container start(int threads) throws Exception {
    return new TomcatContainer(threads, false);
  }

  /** One that lets by whatever spelling of a path it can be told to. */
  static Container startLenient(int threads) throws Exception {
    return new TomcatContainer(threads, true);
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void deploy(Application application) throws Exception {
    StandardContext context = new StandardContext();
    context.setName(application.contextPath());
    context.setPath(application.contextPath());
    context.setParentClassLoader(application.classLoader());
    context.addLifecycleListener(new Tomcat.FixContextListener());
    context.addServletContainerInitializer(application, Set.of());
    application.errorPages().forEach(page -> context.addErrorPage(errorPage(page)));
    addDocuments(context, application);
    addConstraints(context, application.constraints());
    start(context);
  }

  private void start(StandardContext context) {
    tomcat.getHost().addChild(context);
    if (context.getState() != LifecycleState.STARTED) {
      tomcat.getHost().removeChild(context);
      throw new IllegalStateException("the application " + context.getPath() + " did not start");
    }
  }

  private static void addDocuments(StandardContext context, Application application) {
    application.welcomeFiles().forEach(context::addWelcomeFile);
    if (application.documents() != null) {
      context.setDocBase(application.documents().toString());
    }
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMapping("/", "default");
  }

  private static ErrorPage errorPage(Application.ErrorPage page) {
    ErrorPage result = new ErrorPage();
    result.setLocation(page.location());
    result.setErrorCode(page.status());
    if (page.exception() != null) {
      result.setExceptionType(page.exception().getName());
    }
    return result;
  }

  private static void addConstraints(
      StandardContext context, List<Application.Constraint> constraints) {
    if (constraints.isEmpty()) {
      return;
    }
    context.setRealm(new OneUserRealm());
    context.setLoginConfig(new LoginConfig("BASIC", "container", null, null));
    context.getPipeline().addValve(new BasicAuthenticator());
    for (Application.Constraint constraint : constraints) {
      context.addSecurityRole(constraint.role());
      SecurityCollection paths = new SecurityCollection();
      paths.addPattern(constraint.path());
      SecurityConstraint added = new SecurityConstraint();
      added.addCollection(paths);
      added.addAuthRole(constraint.role());
      context.addConstraint(added);
    }
  }

  @Override
  public void undeploy(Application application) throws Exception {
    StandardContext context =
        (StandardContext) tomcat.getHost().findChild(application.contextPath());
    tomcat.getHost().removeChild(context);
  }

  /** Tomcat answers CONNECT with a 501. */
  @Override
  public boolean receives(String method) {
    return !method.equals("CONNECT");
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      try (Stream<Path> files = Files.walk(base)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
      }
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
