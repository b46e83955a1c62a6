package com.example.library;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.realm.MemoryRealm;
import org.apache.catalina.startup.Tomcat;

/** Runs the application in a Tomcat of its own, until Ctrl-C. */
public final class Main {
  private static final int DEFAULT_PORT = 8081;

  private Main() {}

  /**
   * Starts Tomcat on loopback, at the port that the system property {@code port} names.
   *
   * @param args the application's directory: {@code src/main/webapp}, where none is named
   * @throws Exception where it can't be started
   */
  public static void main(String[] args) throws Exception {
    Path webapp = Path.of(args.length > 0 ? args[0] : "src/main/webapp").toAbsolutePath();
    Tomcat tomcat = start(webapp, Integer.getInteger("port", DEFAULT_PORT));
    System.out.println("The library is open: http://127.0.0.1:" + tomcat.getConnector().getPort());
    tomcat.getServer().await();
  }

  private static Tomcat start(Path webapp, int port) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("library").toString());
    tomcat.setPort(port);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addWebapp("", webapp.toString());
    context.setRealm(users());
    tomcat.start();
    if (!context.getState().isAvailable()) {
      throw new LifecycleException("The application did not start: see the log");
    }
    return tomcat;
  }

  private static MemoryRealm users() {
    MemoryRealm users = new MemoryRealm();
    users.setPathname(Path.of("tomcat-users.xml").toAbsolutePath().toString());
    return users;
  }
}
