package io.gatekeeper.servlet.containers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.security.Credential;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.LoggerFactory;

/** Jetty 12 with its ee10 servlets; HTTP/1.1, and HTTP/2 in clear. */
final class JettyContainer implements Container {
  static {
    ((Logger) LoggerFactory.getLogger("org.eclipse.jetty")).setLevel(Level.OFF);
  }

  /** One that accepts, and two that wait for bytes; they are not for requests. */
  private static final int OTHER_THREADS = 3;

  private final Server server;
  private final ServerConnector connector;
  private final ContextHandlerCollection contexts = new ContextHandlerCollection(true);
  private final boolean lenient;
  private final Map<String, ServletContextHandler> deployed = new HashMap<>();

  private JettyContainer(int threads, boolean lenient) throws Exception {
    this.lenient = lenient;
    QueuedThreadPool pool = new QueuedThreadPool(threads + OTHER_THREADS, 1);
    pool.setReservedThreads(0);
    server = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(65536);
    http.setResponseHeaderSize(65536);
    http.setSendServerVersion(false);
    if (lenient) {
      http.setUriCompliance(UriCompliance.UNSAFE);
    }
    connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(contexts);
    server.setStopTimeout(0);
    server.start();
  }

  static Container start(int threads) throws Exception {
    return new JettyContainer(threads, false);
  }

  /** One that lets by whatever spelling of a path it can be told to. */
  static Container startLenient(int threads) throws Exception {
    return new JettyContainer(threads, true);
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void deploy(Application application) throws Exception {
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath());
    context.setClassLoader(application.classLoader());
    context.setProtectedTargets(new String[] {"/WEB-INF"});
    context.getServletHandler().setDecodeAmbiguousURIs(lenient);
    context.addServletContainerInitializer(application);
    context.setErrorHandler(errorPages(application.errorPages()));
    addDocuments(context, application);
    if (!application.constraints().isEmpty()) {
      context.setSecurityHandler(security(application.constraints()));
    }
    contexts.addHandler(context);
    try {
      context.start();
    } catch (Exception e) {
      contexts.removeHandler(context);
      throw e;
    }
    deployed.put(application.contextPath(), context);
  }

  private static void addDocuments(ServletContextHandler context, Application application) {
    context.setWelcomeFiles(application.welcomeFiles().toArray(String[]::new));
    if (application.documents() != null) {
      context.setBaseResource(ResourceFactory.of(context).newResource(application.documents()));
      context.addServlet(new ServletHolder("default", DefaultServlet.class), "/");
    }
  }

  private static ErrorPageErrorHandler errorPages(List<Application.ErrorPage> pages) {
    ErrorPageErrorHandler handler = new ErrorPageErrorHandler();
    for (Application.ErrorPage page : pages) {
      if (page.exception() == null) {
        handler.addErrorPage(page.status(), page.location());
      } else {
        handler.addErrorPage(page.exception(), page.location());
      }
    }
    return handler;
  }

  private static SecurityHandler security(List<Application.Constraint> constraints) {
    UserStore users = new UserStore();
    users.addUser(
        Application.CONTAINER_USER,
        Credential.getCredential(Application.CONTAINER_PASSWORD),
        new String[] {Application.CONTAINER_ROLE});
    HashLoginService logins = new HashLoginService("container");
    logins.setUserStore(users);
    ConstraintSecurityHandler handler = new ConstraintSecurityHandler();
    handler.setLoginService(logins);
    handler.setAuthenticator(new BasicAuthenticator());
    for (Application.Constraint constraint : constraints) {
      ConstraintMapping mapping = new ConstraintMapping();
      mapping.setPathSpec(constraint.path());
      mapping.setConstraint(Constraint.from(constraint.role()));
      handler.addConstraintMapping(mapping);
    }
    return handler;
  }

  @Override
  public void undeploy(Application application) throws Exception {
    ServletContextHandler context = deployed.remove(application.contextPath());
    context.stop();
    contexts.removeHandler(context);
    context.destroy();
  }

  /** Jetty finds an encoded percent sign in a path ambiguous. */
  @Override
  public boolean receivesTarget(String target) {
    return !target.replaceFirst("\\?.*", "").contains("%25");
  }

  @Override
  public void close() {
    try {
      server.stop();
      server.destroy();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
