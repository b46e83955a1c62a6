package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.identity.Identity;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimSizesTest {
  @Test
  void largestClaimsAreNamedFirstAndNoValueIsTold() {
    Identity identity =
        new Identity(
            "value-of-user",
            "https://issuer.invalid",
            "value-of-sub",
            "value-of-name",
            "value-of@example.com",
            true,
            "value-of-preferred",
            Collections.nCopies(200, "value-of-group"),
            List.of("value-of-role"));

    String text = ClaimSizes.describe(identity);

    assertTrue(text.contains("largest claims: groups (200 of them): 3400 bytes, "), text);
    assertFalse(text.contains("value-of"), text);
  }
}
