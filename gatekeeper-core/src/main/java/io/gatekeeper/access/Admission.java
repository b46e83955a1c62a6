package io.gatekeeper.access;

import io.gatekeeper.identity.Identity;
import java.net.IDN;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whom of the provider's users we let in at all: the setting {@code allow}. Everything empty lets
 * everyone in; otherwise one match is enough. Immutable.
 *
 * @param emailDomains the domains of mail addresses that the provider vouches for; each is that
 *     domain alone, never one below it
 * @param groups names of groups, compared exactly
 * @param users names of users, compared exactly
 */
public record Admission(Set<String> emailDomains, Set<String> groups, Set<String> users) {
  /** A domain name's most characters (RFC 1035, section 2.3.4). */
  private static final int LONGEST = 253;

  /**
   * Copies the collections and normalises the domains.
   *
   * @throws IllegalArgumentException for what is no domain
   */
  public Admission {
    Set<String> ascii = new TreeSet<>();
    for (String domain : emailDomains) {
      if (!isDomain(domain)) {
        throw new IllegalArgumentException(domain + " (expected: a domain such as example.com)");
      }
      ascii.add(normalise(domain));
    }
    emailDomains = Set.copyOf(ascii);
    groups = Set.copyOf(groups);
    users = Set.copyOf(users);
  }

  /**
   * Whether a text is a domain that an address can be at.
   *
   * @param domain the text
   * @return true for a domain name, in ASCII or not
   */
  public static boolean isDomain(String domain) {
    String normal = normalise(domain);
    return normal != null && !normal.startsWith(".") && normal.matches("[a-z0-9.-]+");
  }

  /**
   * Whether somebody may come in.
   *
   * @param identity who
   * @return true if the user is named, is in a group that is named, or has a verified mail address
   *     at a domain that is named, or if nothing is named
   */
  public boolean admits(Identity identity) {
    return (emailDomains.isEmpty() && groups.isEmpty() && users.isEmpty())
        || users.contains(identity.user())
        || !Collections.disjoint(groups, identity.groups())
        || (identity.emailVerified() && isAtDomain(identity.email()));
  }

  private boolean isAtDomain(@Nullable String email) {
    if (email == null || email.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    // Behind the first one: an address with a second has it in its domain, which none of ours has.
    int at = email.indexOf('@');
    String domain = at < 1 ? null : normalise(email.substring(at + 1));
    return domain != null && emailDomains.contains(domain);
  }

  /**
   * The ASCII form in lower case (RFC 3490, section 4.1); null where there is none or where the way
   * back leads elsewhere: under today's rules such a name can be another's, as with a sharp s.
   */
  private static @Nullable String normalise(String domain) {
    // What Java makes of longer texts differs between its releases.
    if (domain.length() > LONGEST) {
      return null;
    }
    try {
      String ascii = IDN.toASCII(domain).toLowerCase(Locale.ROOT);
      String lower = domain.toLowerCase(Locale.ROOT);
      return ascii.equals(lower) || IDN.toUnicode(ascii).equals(lower) ? ascii : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
