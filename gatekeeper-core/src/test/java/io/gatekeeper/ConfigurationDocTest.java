package io.gatekeeper;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.testing.WrittenPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationDocTest {
  @Test
  void thePageSaysWhatTheTableSays() throws IOException {
    WrittenPage.assertSays("configuration.md", ConfigurationPage.render());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void eachSettingIsExplainedInSentencesThatFitATable(Setting setting) {
    assertTrue(setting.doc().matches("[A-Z`].*[.)]"), setting.doc());
    String cells = setting.type() + setting.defaultText() + setting.doc();
    assertTrue(cells.indexOf('|') < 0 && cells.indexOf('\n') < 0, cells);
  }
}
