package io.gatekeeper.netty;

import io.gatekeeper.http.GatekeeperRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as Netty decoded it: the target untouched, one char a byte. Holds nothing that has to
 * be released, and nobody changes it, so any thread may read it.
 */
final class NettyRequest implements GatekeeperRequest {
  private final HttpRequest head;
  private final String method;
  private final @Nullable String host;
  private final String target;
  private final @Nullable String form;

  NettyRequest(HttpRequest head, @Nullable String form) {
    this(head, head.method().name(), head.headers().get(HttpHeaderNames.HOST), head.uri(), form);
  }

  private NettyRequest(
      HttpRequest head,
      String method,
      @Nullable String host,
      String target,
      @Nullable String form) {
    this.head = head;
    this.method = method;
    this.host = host;
    this.target = target;
    this.form = form;
  }

  /** The same request for another target, and without its body. */
  NettyRequest at(String otherTarget) {
    return about(method, host, otherTarget);
  }

  /** The request that this one tells of: it has its headers, and no body. */
  NettyRequest about(String otherMethod, @Nullable String otherHost, String otherTarget) {
    return new NettyRequest(head, otherMethod, otherHost, otherTarget, null);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public @Nullable String host() {
    return host;
  }

  @Override
  public List<String> headers(String name) {
    return head.headers().getAll(name);
  }

  @Override
  public Collection<String> headerNames() {
    List<String> names = new ArrayList<>();
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = head.headers().iteratorCharSequence();
    while (entries.hasNext()) {
      names.add(entries.next().getKey().toString());
    }
    return names;
  }

  @Override
  public Optional<String> form() {
    return Optional.ofNullable(form);
  }
}
