package io.gatekeeper;

import io.gatekeeper.http.GatekeeperRequest;
import io.gatekeeper.http.RequestKind;
import io.gatekeeper.http.Response;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.login.LoginFlow;
import io.gatekeeper.provider.Provider;
import io.gatekeeper.session.Revocations;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gatekeeper of one OpenID provider. */
final class OidcGatekeeper implements Gatekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(OidcGatekeeper.class);

  private final Guard guard;
  private final Fragments fragments;
  private final OwnEndpoints endpoints;
  private final LoginFlow loginFlow;
  private final Provider provider;
  private final Revocations revocations;
  private final GatekeeperListener listener;
  private final ExecutorService waiting;
  private final ExecutorService background;

  OidcGatekeeper(
      Guard guard,
      Fragments fragments,
      OwnEndpoints endpoints,
      LoginFlow loginFlow,
      Provider provider,
      Revocations revocations,
      GatekeeperListener listener,
      ExecutorService waiting,
      ExecutorService background) {
    this.guard = guard;
    this.fragments = fragments;
    this.endpoints = endpoints;
    this.loginFlow = loginFlow;
    this.provider = provider;
    this.revocations = revocations;
    this.listener = listener;
    this.waiting = waiting;
    this.background = background;
  }

  @Override
  public CompletionStage<Decision> handle(GatekeeperRequest request) {
    return owns(request)
        ? serve(request).thenApply(response -> new Decision.Respond(response, null))
        : CompletableFuture.completedFuture(decide(request, Answers.IN_PERSON));
  }

  @Override
  public Decision check(GatekeeperRequest request) {
    return owns(request) ? guard.untouched(request) : decide(request, Answers.THROUGH_GATEWAY);
  }

  /** Under a host that is none of ours it is judged like a page. */
  @Override
  public boolean owns(GatekeeperRequest request) {
    return isEndpoint(request) && guard.knowsHost(request);
  }

  private boolean isEndpoint(GatekeeperRequest request) {
    return endpoints.owns(request.target());
  }

  @Override
  public CompletionStage<Response> serve(GatekeeperRequest request) {
    if (!isEndpoint(request)) {
      return CompletableFuture.completedFuture(
          refused(request, Rejection.ENDPOINT_UNKNOWN, Answers.IN_PERSON));
    }
    if (endpoints.renews(request)) {
      return renewed(request);
    }
    if (!endpoints.mayWait(request)) {
      return CompletableFuture.completedFuture(endpoint(request));
    }
    return wait(new Waiting(request, () -> endpoint(request)));
  }

  @Override
  public CompletionStage<Response> challenge(GatekeeperRequest request) {
    // What knows the metadata answers at once; what has to ask for them waits for its turn.
    return provider.known().isPresent()
        ? CompletableFuture.completedFuture(challenged(request))
        : wait(new Waiting(request, () -> challenged(request)));
  }

  private CompletionStage<Response> wait(Waiting call) {
    try {
      waiting.execute(call);
    } catch (RejectedExecutionException e) {
      call.refuse();
    }
    return call.answer;
  }

  /** A request whose answer may have to wait for the provider; it is answered in any case. */
  private final class Waiting implements Runnable {
    private final GatekeeperRequest request;
    private final Supplier<Response> work;
    private final CompletableFuture<Response> answer = new CompletableFuture<>();

    Waiting(GatekeeperRequest request, Supplier<Response> work) {
      this.request = request;
      this.work = work;
    }

    @Override
    public void run() {
      try {
        answer.complete(work.get());
      } catch (Error e) {
        // Such as a stack that is full: nobody may wait for ever.
        answer.complete(broken(request, e, Answers.IN_PERSON));
        throw e;
      }
    }

    void refuse() {
      answer.complete(refused(request, Rejection.OVERLOADED, Answers.IN_PERSON));
    }
  }

  private Response endpoint(GatekeeperRequest request) {
    try {
      return endpoints.serve(request, guard.site(request));
    } catch (RuntimeException e) {
      return broken(request, e, Answers.IN_PERSON);
    }
  }

  private CompletionStage<Response> renewed(GatekeeperRequest request) {
    try {
      return endpoints
          .renew(request, guard.site(request))
          .exceptionally(mistake -> broken(request, mistake, Answers.IN_PERSON));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(broken(request, e, Answers.IN_PERSON));
    }
  }

  private Response challenged(GatekeeperRequest request) {
    try {
      Judgement judgement = guard.judge(request, true);
      if (judgement instanceof Judgement.Affirmed affirmed) {
        if (affirmed.proceed().identity().isPresent()) {
          Optional<String> renew = guard.renewal(request);
          if (renew.isPresent()) {
            return Response.redirect(302, renew.get());
          }
          return refused(request, Rejection.CHALLENGE_CONTRADICTED, Answers.IN_PERSON);
        }
        judgement = guard.unauthenticated(request);
      }
      return judgement instanceof Judgement.Unauthenticated someone
          ? fragments.first(request, someone).orElseGet(() -> endpoints.login(request, someone))
          : ((Decision.Respond) answer(request, judgement, Answers.IN_PERSON)).response();
    } catch (RuntimeException e) {
      return broken(request, e, Answers.IN_PERSON);
    }
  }

  @Override
  public List<Response.Header> signOut(GatekeeperRequest request) {
    return endpoints.signOut(request, guard.site(request));
  }

  private Decision decide(GatekeeperRequest request, Answers answers) {
    try {
      Judgement judgement = guard.judge(request, answers == Answers.THROUGH_GATEWAY);
      if (judgement instanceof Judgement.Affirmed affirmed) {
        affirmed.proceed().identity().ifPresent(listener::affirmed);
        return affirmed.proceed();
      }
      return answer(request, judgement, answers);
    } catch (RuntimeException e) {
      return new Decision.Respond(broken(request, e, answers), Rejection.INTERNAL);
    }
  }

  private Decision answer(GatekeeperRequest request, Judgement judgement, Answers answers) {
    if (judgement instanceof Judgement.Unauthenticated someone) {
      listener.rejected(someone.reason(), request, "");
      return new Decision.Respond(challenge(request, someone, answers), someone.reason());
    }
    if (judgement instanceof Judgement.Due due) {
      return new Decision.Respond(Response.redirect(302, due.renew()), Rejection.SESSION_DUE);
    }
    if (judgement instanceof Judgement.Elsewhere elsewhere) {
      listener.rejected(Rejection.HOST_UNKNOWN, request, "sent to the external URL");
      return new Decision.Respond(
          Response.redirect(302, elsewhere.site().url(elsewhere.target()))
              .with(List.of(elsewhere.count())),
          Rejection.HOST_UNKNOWN);
    }
    Judgement.Refused refused = (Judgement.Refused) judgement;
    listener.rejected(refused.reason(), request, refused.detail());
    return new Decision.Respond(
        answers.refusal(refused.reason(), refused.kind(), refused.site(), refused.target()),
        refused.reason());
  }

  private Response challenge(
      GatekeeperRequest request, Judgement.Unauthenticated someone, Answers answers) {
    return switch (someone.kind()) {
      case PROGRAM -> ProblemJson.of(someone.reason(), 401, someone.site());
      case FRAME -> answers.frame(someone.site(), someone.target());
      case NAVIGATION -> fragments.first(request, someone).orElseGet(() -> toProvider(someone));
    };
  }

  /**
   * Never waits: without metadata the way to the provider leads over an own endpoint, which may.
   */
  private Response toProvider(Judgement.Unauthenticated someone) {
    return provider
        .known()
        .map(
            metadata ->
                loginFlow.begin(metadata, someone.site(), someone.cookies(), someone.target()))
        .orElseGet(
            () -> Response.redirect(302, Detour.to("login", someone.site(), someone.target())));
  }

  private Response broken(GatekeeperRequest request, Throwable mistake, Answers answers) {
    LOG.error("a mistake of Gatekeeper's own; the request was refused", mistake);
    return refused(request, Rejection.INTERNAL, answers);
  }

  private Response refused(GatekeeperRequest request, Rejection reason, Answers answers) {
    listener.rejected(reason, request, "");
    Site site = guard.site(request);
    return answers.refusal(reason, RequestKind.of(request), site, site.home());
  }

  @Override
  public boolean ready() {
    return provider.known().isPresent() && revocations.ready();
  }

  @Override
  public Revocations revocations() {
    return revocations;
  }

  @Override
  public void close() {
    background.shutdownNow();
    List<Runnable> left = waiting.shutdownNow();
    provider.close();
    for (Runnable call : left) {
      if (call instanceof Waiting request) {
        request.refuse();
      } else {
        // A renewal: it finds no way to the provider, and its session goes on.
        call.run();
      }
    }
  }
}
