package io.gatekeeper.testing;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CertificationDocTest {
  @Test
  void thePageSaysWhatTheListSays() throws IOException {
    WrittenPage.assertSays("certification.md", CertificationPage.render());
  }
}
