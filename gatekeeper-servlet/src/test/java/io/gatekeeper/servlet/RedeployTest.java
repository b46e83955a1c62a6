package io.gatekeeper.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.Filter;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.Test;

/** An application that is taken away leaves nothing behind. */
class RedeployTest extends FilterTestBase {
  /** What an application brings along. */
  private static final Pattern BROUGHT =
      Pattern.compile(
          ".*(gatekeeper-(core|servlet)|oauth2-oidc-sdk|nimbus|jackson|snakeyaml|caffeine"
              + "|json-smart|accessors-smart|content-type|lang-tag|jcip).*");

  /** An application's loader: its own classes first. */
  private static final class ApplicationLoader extends URLClassLoader {
    ApplicationLoader() throws MalformedURLException {
      super(brought(), RedeployTest.class.getClassLoader());
    }

    private static URL[] brought() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (BROUGHT.matcher(entry).matches() && !entry.contains("test-classes")) {
          urls.add(new File(entry).toURI().toURL());
        }
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null) {
          try {
            loaded = findClass(name);
          } catch (ClassNotFoundException e) {
            return super.loadClass(name, resolve);
          }
        }
        return loaded;
      }
    }
  }

  @Test
  void noClassLoaderAndNoThreadStays() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    WeakReference<ClassLoader> loader = runAndTakeAway();

    // The container's own pooled threads may hold what Jackson caches, softly, and end with it.
    server.close();
    replaceWhatTheJdkKeeps();
    await(
        () -> {
          System.gc();
          return loader.get() == null;
        });
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .map(Thread::getName)
            .filter(name -> name.matches("(gatekeeper|HttpClient|CompletableFutureDelay).*"))
            .toList());
  }

  /** Any record. */
  private record Last(Last inner) {}

  /** A JDK 17 keeps the type of the record that was compared last. */
  private static void replaceWhatTheJdkKeeps() {
    Last last = new Last(new Last(null));
    assertEquals(last, new Last(new Last(null)));
    assertEquals(last.hashCode(), new Last(new Last(null)).hashCode());
    assertEquals(last.toString(), new Last(new Last(null)).toString());
  }

  private WeakReference<ClassLoader> runAndTakeAway() throws Exception {
    ApplicationLoader loader = new ApplicationLoader();
    Class<?> type = loader.loadClass(GatekeeperFilter.class.getName());
    assertNotSame(GatekeeperFilter.class, type, "the control: the application's own class");
    StandardContext context = start((Filter) type.getConstructor().newInstance(), loader);

    assertEquals("hello alice", text("/page"));
    assertEquals(401, new TestBrowser().fetch(url("/page")).status());
    assertTrue(holders(loader) > 0, "the control: threads hold the loader");

    server.tomcat().getHost().removeChild(context);
    context.destroy();
    await(
        () -> {
          System.gc();
          return holders(loader) == 0;
        });
    return new WeakReference<>(loader);
  }

  private StandardContext start(Filter filter, ClassLoader loader) {
    return server.add(
            "",
            app -> {
              app.context.setParentClassLoader(loader);
              app.filter("guard", filter, List.of(), "/*");
              app.servlet("/", Action.answer(request -> "hello " + request.getRemoteUser()));
              var definition = app.context.findFilterDef("guard");
              definition.addInitParameter("issuer", provider.issuer());
              definition.addInitParameter("client-id", provider.clientId());
              definition.addInitParameter("client-secret", provider.clientSecret());
              definition.addInitParameter("external-url", server.base());
              definition.addInitParameter("insecure-allow-http-issuer", "true");
            })
        .context;
  }

  private static long holders(ClassLoader loader) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> descends(thread.getContextClassLoader(), loader))
        .count();
  }

  private static boolean descends(ClassLoader from, ClassLoader loader) {
    for (ClassLoader at = from; at != null; at = at.getParent()) {
      if (at == loader) {
        return true;
      }
    }
    return false;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertTrue(condition.getAsBoolean());
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
