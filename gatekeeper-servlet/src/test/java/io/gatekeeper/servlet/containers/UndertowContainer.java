package io.gatekeeper.servlet.containers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.WebResourceCollection;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.xnio.Option;
import org.xnio.Options;

/** Undertow with its servlets. */
final class UndertowContainer implements Container {
  static {
    ((Logger) LoggerFactory.getLogger("io.undertow")).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger("org.jboss.threads")).setLevel(Level.OFF);
  }

  private final ServletContainer servlets = ServletContainer.Factory.newInstance();
  private final PathHandler paths = new PathHandler();
  private final Undertow undertow;

  @SafeVarargs
  private UndertowContainer(int threads, Option<Boolean>... allowed) {
    Undertow.Builder builder =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(threads)
            .setWorkerOption(Options.WORKER_TASK_CORE_THREADS, 1)
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 0)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(new Http2UpgradeHandler(paths));
    for (Option<Boolean> option : allowed) {
      builder.setServerOption(option, true);
    }
    undertow = builder.build();
    undertow.start();
  }

  static Container start(int threads) {
    return new UndertowContainer(threads);
  }

  /** One that takes an encoded slash for one. */
  static Container startLenient(int threads) {
    return new UndertowContainer(threads, UndertowOptions.DECODE_SLASH);
  }

  /** One that takes raw characters in an address, and shows decoded addresses because of that. */
  static Container startDecoding(int threads) {
    return new UndertowContainer(threads, UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL);
  }

  @Override
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void deploy(Application application) throws Exception {
    DeploymentInfo deployment =
        new DeploymentInfo()
            .setDeploymentName(name(application))
            .setContextPath(path(application))
            .setClassLoader(application.classLoader())
            .setEagerFilterInit(true)
            .addWelcomePages(application.welcomeFiles())
            .addServletContainerInitializers(
                new ServletContainerInitializerInfo(
                    Application.class, new ImmediateInstanceFactory<>(application), Set.of()));
    if (application.documents() != null) {
      deployment.setResourceManager(new PathResourceManager(application.documents()));
    }
    application.errorPages().forEach(page -> deployment.addErrorPage(errorPage(page)));
    if (!application.constraints().isEmpty()) {
      addConstraints(deployment, application);
    }
    DeploymentManager manager = servlets.addDeployment(deployment);
    try {
      manager.deploy();
      paths.addPrefixPath(path(application), manager.start());
    } catch (Exception e) {
      manager.undeploy();
      servlets.removeDeployment(deployment);
      throw e;
    }
  }

  private static String path(Application application) {
    return application.contextPath().isEmpty() ? "/" : application.contextPath();
  }

  private static String name(Application application) {
    return "application" + application.contextPath().replace('/', '-');
  }

  private static ErrorPage errorPage(Application.ErrorPage page) {
    return page.exception() == null
        ? new ErrorPage(page.location(), page.status())
        : new ErrorPage(page.location(), page.exception());
  }

  private static void addConstraints(DeploymentInfo deployment, Application application) {
    deployment.setIdentityManager(new OneUserManager());
    deployment.setLoginConfig(new LoginConfig("BASIC", "container"));
    for (Application.Constraint constraint : application.constraints()) {
      deployment.addSecurityRole(constraint.role());
      deployment.addSecurityConstraint(
          new SecurityConstraint()
              .addWebResourceCollection(
                  new WebResourceCollection().addUrlPattern(constraint.path()))
              .addRoleAllowed(constraint.role()));
    }
  }

  @Override
  public void undeploy(Application application) throws ServletException {
    DeploymentManager manager = servlets.getDeployment(name(application));
    paths.removePrefixPath(path(application));
    DeploymentInfo deployment = manager.getDeployment().getDeploymentInfo();
    manager.stop();
    manager.undeploy();
    servlets.removeDeployment(deployment);
  }

  /** Undertow's servlets see no query where it is empty. */
  @Override
  public String asShown(String target) {
    return target.endsWith("?") && target.indexOf('?') == target.length() - 1
        ? target.substring(0, target.length() - 1)
        : target;
  }

  @Override
  public void close() {
    for (String name : servlets.listDeployments().toArray(String[]::new)) {
      stop(servlets.getDeployment(name));
    }
    undertow.stop();
  }

  private static void stop(DeploymentManager manager) {
    try {
      manager.stop();
      manager.undeploy();
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }
}
