package io.gatekeeper.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * A module of a profile: one case of the conformance suite.
 *
 * @param profile the profile
 * @param id the suite's name of it
 * @param wanted what a relying party has to do with what the provider sends
 * @param ours what we do: one of the two
 * @param does the same in words
 */
record ProfileModule(Profile profile, String id, Verdict wanted, Verdict ours, String does) {
  /** What becomes of what a provider sends. */
  enum Verdict {
    ACCEPT,
    REJECT,
    EITHER
  }

  /** The modules of a profile, in the suite's order. */
  static List<ProfileModule> of(Profile profile) {
    return all().stream().filter(module -> module.profile == profile).toList();
  }

  /** The list as it is kept: one module a line, five fields between bars. */
  private static List<ProfileModule> all() {
    try (InputStream list = ProfileModule.class.getResourceAsStream("profiles.csv")) {
      return new String(Objects.requireNonNull(list).readAllBytes(), UTF_8)
          .lines()
          .map(ProfileModule::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProfileModule parse(String line) {
    String[] fields = line.split("\\|", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(line);
    }
    return new ProfileModule(
        Profile.valueOf(fields[0]),
        fields[1],
        Verdict.valueOf(fields[2]),
        Verdict.valueOf(fields[3]),
        fields[4]);
  }

  @Override
  public String toString() {
    return id;
  }
}
