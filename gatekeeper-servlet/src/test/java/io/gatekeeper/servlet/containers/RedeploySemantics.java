package io.gatekeeper.servlet.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.gatekeeper.servlet.GatekeeperFilter;
import io.gatekeeper.testing.TestBrowser;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is undeployed leaves nothing behind. */
abstract class RedeploySemantics extends SemanticsBase {
  private static final int ROUNDS = 10;

  @Test
  void noClassAndNoThreadOutlivesItsApplication() throws Exception {
    container();
    Set<Thread> before = ours();

    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      loaders.add(deployUseAndUndeploy());
    }

    // A JDK may keep what was used last in a cache of one, such as the record that was compared
    // last.
    // The next application takes its place, so the last of ours is left out.
    List<WeakReference<ClassLoader>> replaced = loaders.subList(0, ROUNDS - 1);
    awaitNone("class loaders", () -> alive(replaced));
    awaitNone("threads", () -> newOnes(before));
  }

  private WeakReference<ClassLoader> deployUseAndUndeploy() throws Exception {
    ClassLoader loader = new OwnLibraries();
    Filter filter =
        (Filter) loader.loadClass(GatekeeperFilter.class.getName()).getConstructor().newInstance();
    assertNotSame(GatekeeperFilter.class, filter.getClass());
    Application application =
        Application.at("/app")
            .classLoader(loader)
            .filter(
                filter, SettingTexts.of(settings("/app")), List.of("/*"), DispatcherType.REQUEST)
            .page("/who", ServletPage.text(RedeploySemantics::remember));
    deploy(application);
    assertEquals("alice", signIn(new TestBrowser(), "/app/who").body());
    container().undeploy(application);
    return new WeakReference<>(loader);
  }

  private static String remember(HttpServletRequest request) {
    request.getSession().setAttribute("user", request.getUserPrincipal());
    return request.getRemoteUser();
  }

  private static List<ClassLoader> alive(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().map(WeakReference::get).filter(loader -> loader != null).toList();
  }

  private static Set<Thread> ours() {
    Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
    ours.removeIf(
        thread ->
            !thread.getName().startsWith("gatekeeper")
                && !thread.getName().startsWith("HttpClient")
                && !(thread.getContextClassLoader() instanceof OwnLibraries));
    return ours;
  }

  private static Set<Thread> newOnes(Set<Thread> before) {
    Set<Thread> now = ours();
    now.removeAll(before);
    return now;
  }

  private static void awaitNone(String what, Supplier<? extends Collection<?>> left)
      throws InterruptedException {
    for (int i = 0; !left.get().isEmpty() && i < 200; i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertEquals(0, left.get().size(), () -> what + " that stay: " + left.get());
  }
}
