package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.session.LengthPrefixed;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.SessionKeys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Seals login states into {@code state} parameters, and opens them again. */
final class LoginStates {
  private static final int PARTS = 4;
  private static final int NUMBERS = Long.BYTES + 3;
  private final Seal seal;

  LoginStates(SessionKeys keys) {
    this.seal = new Seal(keys, "login state");
  }

  /** The key that a login begun now is sealed under. */
  SessionKeys.Key key() {
    return seal.key();
  }

  /** The identifier of the login with this salt. */
  static String id(byte[] salt) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(salt);
  }

  String close(LoginState state) {
    byte[] numbers =
        ByteBuffer.allocate(NUMBERS)
            .putLong(state.begun().toEpochMilli())
            .put((byte) state.attempts())
            .put((byte) state.slot())
            .put((byte) state.rounds())
            .array();
    byte[] content =
        LengthPrefixed.join(
            numbers,
            state.browser().getBytes(ISO_8859_1),
            state.binding(),
            state.target().value().getBytes(ISO_8859_1));
    return seal.close(state.key(), Base64.getUrlDecoder().decode(state.id()), content);
  }

  /**
   * Empty where the text is not a state of ours; its age and its browser are still to be judged.
   */
  Optional<LoginState> open(String text, Site site) {
    return seal.open(text)
        .flatMap(
            opened ->
                LengthPrefixed.split(opened.content()).flatMap(parts -> read(opened, parts, site)));
  }

  private static Optional<LoginState> read(Seal.Opened opened, List<byte[]> parts, Site site) {
    if (parts.size() < PARTS || parts.get(0).length < NUMBERS) {
      return Optional.empty();
    }
    ByteBuffer numbers = ByteBuffer.wrap(parts.get(0));
    Instant begun = Instant.ofEpochMilli(numbers.getLong());
    int attempts = numbers.get();
    int slot = numbers.get();
    int rounds = numbers.get();
    ReturnTarget target = site.place(new String(parts.get(3), ISO_8859_1));
    return Optional.of(
        new LoginState(
            id(opened.salt()),
            opened.key(),
            begun,
            attempts,
            new String(parts.get(1), ISO_8859_1),
            parts.get(2),
            target,
            slot,
            rounds));
  }
}
