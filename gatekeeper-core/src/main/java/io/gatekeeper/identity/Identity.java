package io.gatekeeper.identity;

import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, as the application behind learns it. Immutable.
 *
 * <p>A user is known for good by {@link #issuer} and {@link #subject} together (OpenID Connect Core
 * 1.0, section 5.7); mail addresses and names can pass from one person to another.
 *
 * @param user the name that the application knows the user by: the claim that the setting {@code
 *     identity.user} names, the subject by default
 * @param issuer the provider that vouches for the user: the ID token's {@code iss}
 * @param subject the provider's own identifier of the user: the ID token's {@code sub}
 * @param name the full name, for people to read
 * @param email the mail address
 * @param emailVerified whether the provider vouches for the mail address ({@code email_verified}),
 *     or the settings take every address of its for verified
 * @param preferredUsername the short name that the user likes to go by
 * @param groups the groups the user is in, in the provider's order
 * @param roles the roles the user has; the groups where no roles are mapped
 */
public record Identity(
    String user,
    String issuer,
    String subject,
    @Nullable String name,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String preferredUsername,
    List<String> groups,
    List<String> roles)
    implements Principal {

  /** Checks that the three names are there and copies the lists. */
  public Identity {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(subject, "subject");
    groups = List.copyOf(groups);
    roles = List.copyOf(roles);
  }

  /**
   * A user with a name and nothing else, as an application's own tests need one.
   *
   * @param user the name, which becomes the subject too
   * @return an identity of the issuer {@code https://issuer.invalid}, without groups or roles
   */
  public static Identity of(String user) {
    return new Identity(
        user, "https://issuer.invalid", user, null, null, false, null, List.of(), List.of());
  }

  /**
   * The name of this principal.
   *
   * @return {@link #user}; for the name to greet somebody by, see {@link #name()}
   */
  @Override
  public String getName() {
    return user;
  }
}
