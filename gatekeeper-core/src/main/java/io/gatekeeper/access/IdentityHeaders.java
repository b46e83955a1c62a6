package io.gatekeeper.access;

import io.gatekeeper.identity.Identity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers that tell the application behind who is signed in. All of them are always sent, empty
 * where there is no value, so that none of a client's own gets through. Immutable.
 */
public final class IdentityHeaders {
  /** Where a header's value comes from. */
  public enum Source {
    /** The name that the application knows the user by. */
    USER,
    /** The provider's own identifier of the user. */
    SUBJECT,
    /** The mail address, if the provider vouches for it. */
    EMAIL,
    /** The full name. */
    NAME,
    /** The short name that the user likes to go by. */
    PREFERRED_USERNAME,
    /** The groups, joined with commas. */
    GROUPS,
    /** The roles, joined with commas. */
    ROLES
  }

  private final Map<String, Source> sources;
  private final String[] names;
  private final Map<String, String> nobody;

  /**
   * Makes the headers.
   *
   * @param sources header names to where their values come from, in order
   * @throws IllegalArgumentException for what is no header's name, or for one name twice
   */
  public IdentityHeaders(Map<String, Source> sources) {
    this.sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    this.names = sources.keySet().toArray(String[]::new);
    Map<String, String> empty = new LinkedHashMap<>();
    for (String name : names) {
      check(name, empty.keySet());
      empty.put(name, "");
    }
    this.nobody = Collections.unmodifiableMap(empty);
  }

  private static void check(String name, Set<String> before) {
    if (!HeaderNames.isToken(name)) {
      throw new IllegalArgumentException(
          name + " (expected: a header name of letters, digits and dashes)");
    }
    if (before.stream().anyMatch(other -> HeaderNames.isSame(other, name))) {
      throw new IllegalArgumentException(name + " (expected: each header once)");
    }
  }

  /**
   * The headers for somebody.
   *
   * @param identity who is signed in; null for nobody
   * @return every name with its value, in order. Values are visible ASCII with spaces inside:
   *     {@code %}, controls, other characters and spaces at either end are percent-encoded as
   *     UTF-8, in groups and roles the comma too
   */
  public Map<String, String> of(@Nullable Identity identity) {
    if (identity == null) {
      return nobody;
    }
    Map<String, String> values = new LinkedHashMap<>(names.length * 2);
    sources.forEach((name, source) -> values.put(name, value(source, identity)));
    return Collections.unmodifiableMap(values);
  }

  private String value(Source source, Identity identity) {
    return switch (source) {
      case USER -> HeaderValues.one(identity.user());
      case SUBJECT -> HeaderValues.one(identity.subject());
      case EMAIL -> identity.emailVerified() ? HeaderValues.one(identity.email()) : "";
      case NAME -> HeaderValues.one(identity.name());
      case PREFERRED_USERNAME -> HeaderValues.one(identity.preferredUsername());
      case GROUPS -> HeaderValues.many(identity.groups());
      case ROLES -> HeaderValues.many(identity.roles());
    };
  }

  /**
   * The names.
   *
   * @return every name, in order
   */
  public List<String> names() {
    return List.of(names);
  }

  /**
   * Whether a header is one that an application could take for one of ours without its being one:
   * servers turn names into variables, and {@code X_User} and {@code X.User} into that of {@code
   * X-User}.
   *
   * @param headerName the name of a request's header
   * @return true for another spelling of one of ours, false for ours in whatever case
   */
  public boolean isAlias(String headerName) {
    boolean alias = false;
    for (String name : names) {
      if (HeaderNames.isSame(name, headerName)) {
        return false;
      }
      alias |= HeaderNames.isLike(name, headerName);
    }
    return alias;
  }

  /**
   * Whether an application could take one header for the other: servers turn names into variables.
   *
   * @param name a header's name
   * @param other another's
   * @return true when they differ in case or in what is no letter or digit alone
   */
  public static boolean isLike(String name, String other) {
    return HeaderNames.isLike(name, other);
  }
}
