package io.gatekeeper.netty;

import io.gatekeeper.Decision;
import io.gatekeeper.Gatekeeper;
import io.gatekeeper.http.Response;
import io.gatekeeper.identity.Identity;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpExpectationFailedEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Guards the handlers behind it in a pipeline: a request goes on to them with the identity of the
 * signed-in user, or it is answered here. Its place is behind {@code HttpServerCodec}, or in the
 * child channel of an HTTP/2 stream behind {@code Http2StreamFrameToHttpObjectCodec}.
 *
 * <pre>{@code
 * channel.pipeline().addLast(
 *     new HttpServerCodec(), new GatekeeperHandler(gatekeeper), new YourHandler());
 * }</pre>
 *
 * <p>One request at a time: the next one of a connection is held until this one has been received
 * and answered. After a 101 everything passes untouched. What isn't an {@code HttpObject} always
 * does.
 *
 * <p>One instance for each channel. It runs on the channel's event loop and never blocks it.
 */
// A write or a close that fails ends in the channel being closed, and that is seen.
@SuppressWarnings("FutureReturnValueIgnored")
public final class GatekeeperHandler extends ChannelDuplexHandler {
  private enum Phase {
    /** Between two requests. */
    IDLE,
    /** A form for an own endpoint is being read. */
    COLLECTING,
    /** The decision is awaited. */
    DECIDING,
    /** The request is the application's. */
    PASSING,
    /** The request is answered here; what is left of it is thrown away. */
    SWALLOWING,
    /** HTTP has ended on this channel. */
    UPGRADED,
    /** Nothing goes on any more. */
    CLOSING
  }

  private final Asking asking;
  private final HeldMessages held = new HeldMessages();
  private final AnswerWatch watch = new AnswerWatch();
  private final ChannelUser user = new ChannelUser();
  private Phase phase = Phase.IDLE;
  private boolean received;
  private boolean ending;
  private boolean answered;
  private long swallowed;
  private @Nullable HttpRequest head;
  private @Nullable FormBody form;
  private Decision.@Nullable Proceed proceed;

  /**
   * Makes the handler of one channel.
   *
   * @param gatekeeper decides; stays the caller's to close
   */
  public GatekeeperHandler(Gatekeeper gatekeeper) {
    this.asking = new Asking(gatekeeper);
  }

  /**
   * The user whose request a channel is handling. To be asked while the request is being handled;
   * who works on after the answer keeps what it got. Any thread may ask.
   *
   * @param channel the channel that the request came on; of HTTP/2, the stream's
   * @return the signed-in user; empty where there is none, and between two requests. After an
   *     upgrade it stays for as long as the channel is open
   */
  public static Optional<Identity> identity(Channel channel) {
    return ChannelUser.of(channel);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    boolean isHttp = message instanceof HttpRequest || message instanceof HttpContent;
    if (!isHttp || (phase == Phase.UPGRADED && !(message instanceof HttpRequest))) {
      passOn(context, message);
    } else if (held.isEmpty() && isNext(context, message)) {
      take(context, message);
    } else {
      held.hold(context, message);
    }
  }

  /** Whether it is a message's turn. */
  private boolean isNext(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      // Whatever came before it has ended, also where the decoder was told to expect no more.
      onReceived(context);
    }
    return switch (phase) {
      case DECIDING -> false;
      case PASSING, SWALLOWING -> !received;
      default -> true;
    };
  }

  private void take(ChannelHandlerContext context, Object message) {
    if (phase == Phase.IDLE && message instanceof HttpRequest request) {
      begin(context, request);
    } else if (phase == Phase.PASSING) {
      pass(context, (HttpContent) message);
    } else {
      try {
        consume(context, message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }
  }

  private void consume(ChannelHandlerContext context, Object message) {
    if (phase == Phase.COLLECTING && message instanceof HttpContent content) {
      collect(context, content);
    } else if (phase == Phase.SWALLOWING && message instanceof HttpContent content) {
      swallow(context, content);
    } else if (phase == Phase.COLLECTING || phase == Phase.UPGRADED) {
      // A request where there can be none: in the middle of another, or where HTTP has ended.
      close(context);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    head = request;
    received = request instanceof LastHttpContent;
    ending = false;
    answered = false;
    int refusal = RequestGuard.judge(request);
    if (refusal == RequestGuard.PASSED) {
      decide(context, request);
    } else {
      refuse(context, refusal);
    }
  }

  private void decide(ChannelHandlerContext context, HttpRequest request) {
    NettyRequest question = new NettyRequest(request, null);
    if (!FormBody.isIn(request) || !asking.owns(question)) {
      ask(context, question);
      return;
    }
    form = new FormBody();
    if (FormBody.isTooLarge(request)) {
      refuse(context, 413);
      return;
    }
    phase = Phase.COLLECTING;
    if (request instanceof HttpContent whole) {
      collect(context, whole);
    } else if (Responses.awaitsContinue(request)) {
      context.writeAndFlush(Responses.goOn());
    }
  }

  private void collect(ChannelHandlerContext context, HttpContent content) {
    HttpRequest request = Objects.requireNonNull(head);
    FormBody body = Objects.requireNonNull(form);
    if (content.decoderResult().isFailure()) {
      refuse(context, 400);
    } else if (!body.add(content.content())) {
      refuse(context, 413);
    } else if (content instanceof LastHttpContent) {
      received = true;
      ask(context, new NettyRequest(request, body.text()));
    }
  }

  /** Most questions are answered on the spot; the others later, on some other thread. */
  private void ask(ChannelHandlerContext context, NettyRequest question) {
    phase = Phase.DECIDING;
    CompletableFuture<Decision> decision = asking.about(question);
    if (decision.isDone()) {
      onDecision(context, Asking.resultOf(decision));
    } else {
      decision.whenComplete((result, failure) -> onLateDecision(context, decision));
    }
  }

  /** On any thread. */
  private void onLateDecision(ChannelHandlerContext context, CompletableFuture<Decision> made) {
    context
        .executor()
        .execute(
            () -> {
              onDecision(context, Asking.resultOf(made));
              goOn(context);
            });
  }

  private void onDecision(ChannelHandlerContext context, @Nullable Decision decision) {
    if (phase != Phase.DECIDING) {
      return;
    }
    if (decision instanceof Decision.Respond respond) {
      respond(context, respond.response(), false);
    } else if (decision instanceof Decision.Proceed goes && replace(goes)) {
      proceed(context, goes);
    } else {
      respond(context, Responses.FAILED, false);
    }
  }

  @SuppressWarnings("CatchThrowable")
  private boolean replace(Decision.Proceed goes) {
    try {
      if (form != null) {
        throw new IllegalStateException("An own endpoint let a form by that has been read");
      }
      RequestIdentity.replace(Objects.requireNonNull(head), goes);
      return true;
    } catch (Throwable e) {
      Mishaps.report("An identity can't be told", e);
      return false;
    }
  }

  private void proceed(ChannelHandlerContext context, Decision.Proceed goes) {
    HttpRequest request = Objects.requireNonNull(head);
    head = null;
    proceed = goes;
    phase = Phase.PASSING;
    user.set(context.channel(), goes.who());
    passOn(context, request);
  }

  private void pass(ChannelHandlerContext context, HttpContent content) {
    if (content instanceof LastHttpContent last) {
      RequestIdentity.removeFrom(last, Objects.requireNonNull(proceed));
      received = true;
    }
    passOn(context, content);
    endIfDone(context);
  }

  private void passOn(ChannelHandlerContext context, Object message) {
    held.onPassedOn();
    context.fireChannelRead(message);
  }

  private void refuse(ChannelHandlerContext context, int status) {
    respond(context, Response.of(status), true);
  }

  private void respond(ChannelHandlerContext context, Response response, boolean closes) {
    HttpRequest request = Objects.requireNonNull(head);
    Refusal refusal = Refusal.of(context.channel(), request, received, closes);
    Object message = refusal.encode(response);
    dropRequest();
    if (refusal.closes()) {
      phase = Phase.CLOSING;
      LingeringClose.after(context, message);
    } else {
      phase = Phase.SWALLOWING;
      swallowed = 0;
      context
          .writeAndFlush(message)
          .addListener(written -> onOwnAnswer(context, (ChannelFuture) written));
    }
  }

  private void onOwnAnswer(ChannelHandlerContext context, ChannelFuture written) {
    if (!written.isSuccess()) {
      context.close();
    }
    onAnswered(context);
  }

  private void swallow(ChannelHandlerContext context, HttpContent content) {
    swallowed += content.content().readableBytes();
    if (swallowed > Refusal.SWALLOW_LIMIT || content.decoderResult().isFailure()) {
      close(context);
    } else if (content instanceof LastHttpContent) {
      onReceived(context);
    }
  }

  /** Ends the connection after what has been written, which must reach the client. */
  private void close(ChannelHandlerContext context) {
    phase = Phase.CLOSING;
    dropRequest();
    if (Refusal.isStream(context.channel())) {
      context.close();
    } else {
      LingeringClose.after(context, Unpooled.EMPTY_BUFFER);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (phase != Phase.PASSING) {
      context.write(message, promise);
      return;
    }
    switch (watch.see(message)) {
      case GOES_ON -> context.write(message, promise);
      case ENDS -> writeEnd(context, message, promise);
      case UPGRADES -> {
        phase = Phase.UPGRADED;
        goOnLater(context);
        context.write(message, promise);
      }
    }
  }

  /**
   * Of an application that answers twice, the second end may be written when the next one waits.
   */
  private void writeEnd(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (ending) {
      context.write(message, promise);
      return;
    }
    ending = true;
    context.write(message, promise.unvoid().addListener(written -> onAnswered(context)));
  }

  private void onAnswered(ChannelHandlerContext context) {
    if (context.executor().inEventLoop()) {
      answered = true;
      endIfDone(context);
    } else {
      context.executor().execute(() -> onAnswered(context));
    }
  }

  private void onReceived(ChannelHandlerContext context) {
    received = true;
    endIfDone(context);
  }

  private void endIfDone(ChannelHandlerContext context) {
    boolean inRequest = phase == Phase.PASSING || phase == Phase.SWALLOWING;
    if (!inRequest || !received || !answered) {
      return;
    }
    phase = Phase.IDLE;
    forget(context.channel());
    goOnLater(context);
  }

  /** Never from within the application's own write. */
  private void goOnLater(ChannelHandlerContext context) {
    if (!held.isEmpty()) {
      context.executor().execute(() -> goOn(context));
    }
  }

  private void forget(Channel channel) {
    user.forget(channel);
    proceed = null;
  }

  /** Takes what was held, as far as it is its turn, and then reads on. */
  private void goOn(ChannelHandlerContext context) {
    for (Object next = held.first(); next != null && isNext(context, next); next = held.first()) {
      held.removeFirst();
      take(context, next);
    }
    if (context.channel().isActive()) {
      held.readOn(context);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    held.readComplete(context);
  }

  @Override
  public void read(ChannelHandlerContext context) {
    held.read(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    context.fireUserEventTriggered(event);
    if (event instanceof HttpExpectationFailedEvent) {
      // The application expects no body any more, nor does the decoder, which hears of it as well.
      onReceived(context);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    drop();
    context.fireChannelInactive();
    forget(context.channel());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    boolean upgraded = phase == Phase.UPGRADED;
    drop();
    if (!upgraded) {
      forget(context.channel());
    }
    held.end(context);
  }

  private void drop() {
    phase = Phase.CLOSING;
    dropRequest();
    held.release();
  }

  private void dropRequest() {
    ReferenceCountUtil.release(head);
    head = null;
    form = null;
  }
}
