package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.identity.Identity;
import io.gatekeeper.session.SessionCookies;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which claims make a session too large for its cookie, without their values. */
final class ClaimSizes {
  private ClaimSizes() {}

  static String describe(Identity identity) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("groups (" + identity.groups().size() + " of them)", size(identity.groups()));
    if (!identity.roles().equals(identity.groups())) {
      sizes.put("roles (" + identity.roles().size() + " of them)", size(identity.roles()));
    }
    sizes.put("name", size(identity.name()));
    sizes.put("email", size(identity.email()));
    sizes.put("preferred_username", size(identity.preferredUsername()));
    sizes.put("user", size(identity.user()));
    String largest =
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(3)
            .map(entry -> "%s: %d bytes".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return ("the session would be over two cookies of %d bytes; largest claims: %s; keep less of"
            + " them with groups-allow or session.claims, or have the provider send less")
        .formatted(SessionCookies.LARGEST, largest);
  }

  private static int size(List<String> texts) {
    return texts.stream().mapToInt(text -> size(text) + 3).sum();
  }

  private static int size(@Nullable String text) {
    return text == null ? 0 : text.getBytes(UTF_8).length;
  }
}
