package io.gatekeeper.netty;

import io.gatekeeper.http.Response;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes one request after the other and answers each before it looks at the next,
 * so that pipelined requests are answered in their order. What arrives meanwhile is held, and the
 * connection isn't read.
 */
// A write or a close that fails ends in the connection being closed, and that is seen.
@SuppressWarnings("FutureReturnValueIgnored")
final class ExchangeHandler extends ChannelInboundHandlerAdapter {
  /** Fired through a pipeline: answer what is running, then close. */
  static final Object STOP = new Object();

  /** For the first head, and for each body, to arrive whole. */
  static final Duration RECEIVE_TIME = Duration.ofSeconds(30);

  /** For the next head of a connection that is kept alive. */
  static final Duration IDLE_TIME = Duration.ofSeconds(75);

  private static final Logger log = LoggerFactory.getLogger(ExchangeHandler.class);

  private enum Phase {
    HEAD,
    BODY,
    ANSWER,
    CLOSING
  }

  private final Endpoint endpoint;
  private final Queue<Object> held = new ArrayDeque<>();
  private Phase phase = Phase.HEAD;
  private boolean closeAfterAnswer;
  private boolean asking;
  private @Nullable Deadline deadline;
  private @Nullable HttpRequest head;
  private @Nullable FormBody form;

  /**
   * Makes the handler of a new connection.
   *
   * @param endpoint answers its requests
   * @param once whether the connection is closed after the first answer
   */
  ExchangeHandler(Endpoint endpoint, boolean once) {
    this.endpoint = endpoint;
    this.closeAfterAnswer = once;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline = new Deadline(context, () -> onMissedDeadline(context));
    deadline.in(RECEIVE_TIME);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (phase == Phase.ANSWER) {
      held.add(message);
    } else {
      take(context, message);
    }
  }

  private void take(ChannelHandlerContext context, Object message) {
    try {
      if (phase == Phase.HEAD && message instanceof HttpRequest request) {
        begin(context, request);
      } else if (phase == Phase.BODY && message instanceof HttpContent content) {
        receive(context, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    head = request;
    int refusal = RequestGuard.judge(request);
    if (refusal != RequestGuard.PASSED) {
      refuse(context, refusal);
      return;
    }
    closeAfterAnswer |= !HttpUtil.isKeepAlive(request);
    form = endpoint.readsForms() && FormBody.isIn(request) ? new FormBody() : null;
    if (form != null && FormBody.isTooLarge(request)) {
      refuse(context, 413);
      return;
    }
    phase = Phase.BODY;
    if (Responses.awaitsContinue(request)) {
      context.writeAndFlush(Responses.goOn());
    }
    moveDeadline(RECEIVE_TIME);
  }

  private void receive(ChannelHandlerContext context, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse(context, 400);
    } else if (form != null && !form.add(content.content())) {
      refuse(context, 413);
    } else if (content instanceof LastHttpContent) {
      ask(context);
    }
  }

  private void ask(ChannelHandlerContext context) {
    HttpRequest request = head;
    if (request == null) {
      throw new IllegalStateException("A body without a head");
    }
    phase = Phase.ANSWER;
    clearDeadline();
    asking = true;
    answerOf(new NettyRequest(request, form == null ? null : form.text()))
        .whenComplete((response, failure) -> onAnswer(context, response, failure));
    asking = false;
    if (phase == Phase.ANSWER) {
      updateReading(context);
    }
  }

  private CompletionStage<Response> answerOf(NettyRequest request) {
    try {
      return Objects.requireNonNull(endpoint.answer(request));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** On any thread. */
  private void onAnswer(
      ChannelHandlerContext context, @Nullable Response response, @Nullable Throwable failure) {
    if (context.executor().inEventLoop() && asking) {
      answer(context, response, failure);
      return;
    }
    context
        .executor()
        .execute(
            () -> {
              answer(context, response, failure);
              resume(context);
            });
  }

  private void answer(
      ChannelHandlerContext context, @Nullable Response response, @Nullable Throwable failure) {
    if (!context.channel().isActive() || phase != Phase.ANSWER) {
      return;
    }
    if (response == null) {
      Mishaps.report("No answer", failure);
    }
    write(context, response == null ? endpoint.failed() : response);
  }

  private void refuse(ChannelHandlerContext context, int status) {
    closeAfterAnswer = true;
    write(context, Response.of(status));
  }

  private void write(ChannelHandlerContext context, Response response) {
    clearDeadline();
    boolean bodiless = head != null && head.method().equals(HttpMethod.HEAD);
    boolean http10 = head != null && HttpUtil.isKeepAlive(head) && Responses.isHttp10(head);
    Responses.Connection connection = Responses.Connection.of(closeAfterAnswer, http10);
    Object message = Responses.encode(response, endpoint.failed(), bodiless, connection);
    head = null;
    form = null;
    if (closeAfterAnswer) {
      phase = Phase.CLOSING;
      LingeringClose.after(context, message);
      updateReading(context);
    } else {
      phase = Phase.HEAD;
      context.write(message);
      moveDeadline(IDLE_TIME);
    }
  }

  /** Goes on with what was held while the answer was worked on. */
  private void resume(ChannelHandlerContext context) {
    while (phase != Phase.ANSWER && !held.isEmpty()) {
      take(context, held.remove());
    }
    updateReading(context);
    context.flush();
  }

  private void onMissedDeadline(ChannelHandlerContext context) {
    if (phase == Phase.BODY) {
      refuse(context, 408);
    } else {
      context.close();
    }
  }

  private void moveDeadline(Duration time) {
    if (deadline != null) {
      deadline.in(time);
    }
  }

  private void clearDeadline() {
    if (deadline != null) {
      deadline.clear();
    }
  }

  private void updateReading(ChannelHandlerContext context) {
    boolean reads =
        phase == Phase.CLOSING || (phase != Phase.ANSWER && context.channel().isWritable());
    context.channel().config().setAutoRead(reads);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    updateReading(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == STOP) {
      closeAfterAnswer = true;
      if (phase == Phase.HEAD) {
        context.close();
      }
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel();
    }
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    if (failure instanceof IOException) {
      log.debug("A connection broke off");
    } else {
      Mishaps.report("A connection is closed", failure);
    }
    context.close();
  }
}
