package io.gatekeeper.servlet;

import io.gatekeeper.ConfigurationException;
import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Identity;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Guards an application: a request goes on with an identity, or it is answered here. It has to be
 * the application's first filter, mapped to {@code /*}; docs/servlet.md says what the application
 * sees. Safe for use by many threads.
 *
 * <p>Specification: Jakarta Servlet 6.0, chapters 6 (filters) and 13 (security).
 */
public final class GatekeeperFilter implements Filter {
  private final Source source;
  private final @Nullable Gatekeeper given;
  private final Duration longest;
  private final AnswerWriters writers = new AnswerWriters();
  private volatile @Nullable Gatekeeper gatekeeper;

  /** Where the settings come from; what is wrong with them is added to the problems. */
  private interface Source {
    Optional<GatekeeperConfig> settings(FilterConfig filter, List<String> problems);
  }

  private GatekeeperFilter(Source source, @Nullable Gatekeeper given, Duration longest) {
    this.source = source;
    this.given = given;
    this.longest = longest;
  }

  /**
   * A filter that a container makes. Its settings stand in {@code /WEB-INF/gatekeeper.yaml}, in its
   * init parameters, each under its own key, and in the environment; the latter outrank the former.
   * The init parameter {@code config} names another file, or a resource as {@code /WEB-INF/…} or
   * {@code classpath:…}.
   */
  public GatekeeperFilter() {
    this(System.getenv());
  }

  GatekeeperFilter(Map<String, String> environment) {
    this(
        (filter, problems) -> FilterSettings.read(filter, environment, problems),
        null,
        Waiting.LONGEST);
  }

  /**
   * A filter with these settings and no others.
   *
   * @param settings the settings
   */
  public GatekeeperFilter(GatekeeperConfig settings) {
    this((filter, problems) -> Optional.of(settings), null, Waiting.LONGEST);
  }

  /**
   * A filter with a gatekeeper of the caller's.
   *
   * @param gatekeeper decides; the caller closes it once the filter is destroyed. The path of its
   *     {@code external-url} has to be the application's context path
   */
  public GatekeeperFilter(Gatekeeper gatekeeper) {
    this(gatekeeper, Waiting.LONGEST);
  }

  GatekeeperFilter(Gatekeeper gatekeeper, Duration longest) {
    this((filter, problems) -> Optional.empty(), gatekeeper, longest);
  }

  /**
   * Who is signed in.
   *
   * @param request the application's request, however it is wrapped
   * @return the user; empty for nobody, and after {@link HttpServletRequest#logout}
   */
  public static Optional<Identity> identity(ServletRequest request) {
    Affirmed affirmed = GuardedRequest.affirmed(request);
    if (affirmed == null) {
      affirmed = Affirmed.of(request);
    }
    if (affirmed != null) {
      return Optional.ofNullable(affirmed.identity());
    }
    // An application's own tests need no filter, only a principal.
    return request instanceof HttpServletRequest http
            && http.getUserPrincipal() instanceof Identity identity
        ? Optional.of(identity)
        : Optional.empty();
  }

  /**
   * Starts.
   *
   * @param filter the filter's name, mappings and init parameters
   * @throws ServletException with all mistakes of the settings and of the filter's place, a line
   *     each; nothing is left running then
   */
  @Override
  public void init(FilterConfig filter) throws ServletException {
    List<String> problems = new ArrayList<>();
    FilterPlace.checkMapping(filter, problems);
    Optional<GatekeeperConfig> settings = source.settings(filter, problems);
    settings.ifPresent(known -> FilterPlace.checkContextPath(filter, known, problems));
    if (problems.isEmpty()) {
      gatekeeper = given == null ? start(settings.orElseThrow(), problems) : given;
    }
    if (!problems.isEmpty()) {
      throw new ServletException("Gatekeeper can't start:\n" + String.join("\n", problems));
    }
  }

  private static @Nullable Gatekeeper start(GatekeeperConfig settings, List<String> problems) {
    try {
      return Gatekeeper.of(settings);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /** Stops what the filter started itself. */
  @Override
  public void destroy() {
    Gatekeeper running = gatekeeper;
    gatekeeper = null;
    if (running != null && given == null) {
      running.close();
    }
    writers.close();
  }

  /**
   * Lets a request go on or answers it.
   *
   * @throws ServletException for what is not HTTP, before {@link #init} and after {@link #destroy};
   *     an exception of the application's goes by untouched
   */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Gatekeeper by = gatekeeper;
    if (by == null) {
      throw new ServletException("GatekeeperFilter doesn't run: init was not called, or failed");
    }
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("GatekeeperFilter guards HTTP alone");
    }
    Affirmed wrapped = GuardedRequest.affirmed(request);
    if (wrapped != null && wrapped.isBy(by)) {
      // A dispatch within the application.
      chain.doFilter(request, response);
      return;
    }
    Affirmed before = Affirmed.of(request);
    if (before == null || !before.isBy(by)) {
      before = judge(by, http, answer);
    }
    if (before != null) {
      chain.doFilter(new GuardedRequest(http, answer, before), response);
    }
  }

  /** Null when the request is answered. */
  private @Nullable Affirmed judge(
      Gatekeeper by, HttpServletRequest request, HttpServletResponse response) throws IOException {
    ServletRequestView view = new ServletRequestView(request);
    if (by.owns(view)) {
      serve(by, view, request, response);
      return null;
    }
    Decision decision = by.handle(view).toCompletableFuture().join();
    if (decision instanceof Decision.Proceed proceed) {
      Affirmed affirmed = new Affirmed(by, view, proceed);
      affirmed.keep(request);
      return affirmed;
    }
    ResponseWriter.write(answer(decision), request.getMethod(), response);
    return null;
  }

  private void serve(
      Gatekeeper by,
      ServletRequestView view,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    boolean committed = response.isCommitted();
    OwnRequest own = OwnRequest.of(view);
    // Tomcat itself answers a body that it can't read, as soon as somebody tries to.
    if (committed || !response.isCommitted()) {
      answer(by.handle(own).thenApply(GatekeeperFilter::answer), request, response);
    }
  }

  private static Response answer(Decision decision) {
    return decision instanceof Decision.Respond respond ? respond.response() : Response.of(404);
  }

  private void answer(
      CompletionStage<Response> answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean waits = !answer.toCompletableFuture().isDone();
    if (waits
        && request.isAsyncSupported()
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      PendingAnswer.await(answer, longest, writers, request, response);
    } else {
      ResponseWriter.write(
          Waiting.await(answer, longest, request.getServletContext()),
          request.getMethod(),
          response);
    }
  }
}
