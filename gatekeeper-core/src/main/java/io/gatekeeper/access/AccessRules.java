package io.gatekeeper.access;

import io.gatekeeper.http.Reading;
import io.gatekeeper.http.RequestPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of rules: the first whose path and host match decides. Immutable; judging allocates
 * nothing.
 */
public final class AccessRules {
  private static final Verdict DENY = Verdict.of(Verdict.Kind.DENY);
  private static final Verdict AMBIGUOUS = Verdict.of(Verdict.Kind.AMBIGUOUS);
  private static final Verdict OUTSIDE = Verdict.of(Verdict.Kind.OUTSIDE);

  private final List<CompiledRule> rules;
  private final Verdict otherwise;
  private final @Nullable Reading context;

  /**
   * Makes a list of rules.
   *
   * @param rules the rules in their order
   * @param otherwise what counts where no rule matches
   * @param contextPath the external URL's own path, which the rules are relative to; empty for none
   */
  public AccessRules(List<AccessRule> rules, Verdict.Kind otherwise, String contextPath) {
    List<CompiledRule> compiled = new ArrayList<>();
    for (AccessRule rule : rules) {
      compiled.add(new CompiledRule(rule));
    }
    this.rules = List.copyOf(compiled);
    this.otherwise = Verdict.of(otherwise);
    this.context =
        contextPath.isEmpty()
            ? null
            : RequestPath.parse(contextPath).orElseThrow().readings().get(0);
  }

  /**
   * Judges a request. Every reading of its path is judged.
   *
   * @param path the path, the context path included
   * @param method the method; case counts
   * @param host the host asked for, with or without a port; null when there is none
   * @return the verdict that all readings share; {@code OUTSIDE} where one of them leaves the
   *     context path, {@code AMBIGUOUS} where they differ or there are several and it is public
   */
  public Verdict judge(RequestPath path, String method, @Nullable String host) {
    List<Reading> readings = path.readings();
    int size = readings.size();
    Verdict verdict = judge(readings.get(0), method, host);
    boolean same = size == 1 || verdict.kind() != Verdict.Kind.PUBLIC;
    boolean outside = verdict.kind() == Verdict.Kind.OUTSIDE;
    for (int i = 1; i < size; i++) {
      Verdict other = judge(readings.get(i), method, host);
      outside |= other.kind() == Verdict.Kind.OUTSIDE;
      same &= other.equals(verdict);
    }
    return outside ? OUTSIDE : same ? verdict : AMBIGUOUS;
  }

  private Verdict judge(Reading reading, String method, @Nullable String host) {
    int from = 0;
    if (context != null) {
      if (!reading.startsWith(context)) {
        return OUTSIDE;
      }
      from = context.size();
    }
    boolean named = false;
    // By index: an iterator for each request is garbage.
    for (int i = 0; i < rules.size(); i++) {
      CompiledRule rule = rules.get(i);
      if (rule.names(reading, from, host)) {
        if (rule.covers(method)) {
          return rule.verdict();
        }
        named = true;
      }
    }
    return named ? DENY : otherwise;
  }
}
