package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.databind.JsonNode;

/** What Dex asks of the {@code ldap} type, at its start or at the first login. */
final class LdapRules {
  private final Problems problems;

  LdapRules(Problems problems) {
    this.problems = problems;
  }

  void check(String path, JsonNode config) {
    if (config.isMissingNode() || config.isNull()) {
      problems.add(path, "missing (expected: keys and values)");
    } else if (config.isObject()) {
      int before = problems.count();
      new Shape(problems).check(path, config, LdapConfig.class);
      if (problems.count() == before) {
        email(path + ".userSearch", config.path("userSearch"));
        groups(path + ".groupSearch", config.path("groupSearch"));
      }
    }
  }

  private void email(String path, JsonNode search) {
    if (!has(search, "emailAttr") && !has(search, "emailSuffix")) {
      problems.add(path + ".emailAttr", "missing (expected: text, here or in emailSuffix)");
    }
    if (has(search, "emailSuffix") && !has(search, "nameAttr")) {
      // Dex would give everyone the address "@suffix".
      problems.add(path + ".nameAttr", "missing (expected: text; emailSuffix is put behind it)");
    }
  }

  private void groups(String path, JsonNode search) {
    if (has(search, "baseDN") && !has(search, "nameAttr")) {
      problems.add(path + ".nameAttr", "missing (expected: text; baseDN makes Dex look for it)");
    }
  }

  private static boolean has(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return !value.isMissingNode() && !value.isNull() && !value.asText("-").isEmpty();
  }
}
