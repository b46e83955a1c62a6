package io.gatekeeper.access;

import io.gatekeeper.http.Reading;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule with what is asked of it for each request worked out beforehand. */
final class CompiledRule {
  private final PathPattern[] patterns;
  private final String[] hosts;
  private final Set<String> methods;
  private final boolean exact;
  private final Verdict verdict;

  CompiledRule(AccessRule rule) {
    this.patterns = rule.patterns().toArray(PathPattern[]::new);
    this.hosts = rule.hosts().toArray(String[]::new);
    Set<String> all = new HashSet<>(rule.methods());
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    this.methods = Set.copyOf(all);
    // A slash at the end must not lead out of a rule that protects, nor into one that opens.
    this.exact = rule.kind() == Verdict.Kind.PUBLIC;
    this.verdict = Verdict.of(rule);
  }

  Verdict verdict() {
    return verdict;
  }

  /** Whether path and host match. */
  boolean names(Reading reading, int from, @Nullable String host) {
    for (PathPattern pattern : patterns) {
      if (pattern.matches(reading, from, exact)) {
        return isAbout(host);
      }
    }
    return false;
  }

  boolean covers(String method) {
    return methods.isEmpty() || methods.contains(method);
  }

  private boolean isAbout(@Nullable String host) {
    if (hosts.length == 0) {
      return true;
    }
    for (String ours : hosts) {
      int length = ours.length();
      if (host != null
          && host.regionMatches(true, 0, ours, 0, length)
          && (host.length() == length || host.charAt(length) == ':')) {
        return true;
      }
    }
    return false;
  }
}
