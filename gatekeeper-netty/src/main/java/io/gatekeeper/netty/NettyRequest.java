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
  private final String target;
  private final @Nullable String form;

  NettyRequest(HttpRequest head, @Nullable String form) {
    this(head, head.uri(), form);
  }

  private NettyRequest(HttpRequest head, String target, @Nullable String form) {
    this.head = head;
    this.target = target;
    this.form = form;
  }

  /** The same request for another target, and without its body. */
  NettyRequest at(String otherTarget) {
    return new NettyRequest(head, otherTarget, null);
  }

  @Override
  public String method() {
    return head.method().name();
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public @Nullable String host() {
    return head.headers().get(HttpHeaderNames.HOST);
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
