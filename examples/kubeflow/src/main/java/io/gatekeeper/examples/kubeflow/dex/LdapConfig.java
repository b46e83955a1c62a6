package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code config} of a connector of the type {@code ldap}, for {@link Shape}. */
record LdapConfig(
    String host,
    boolean insecureNoSSL,
    boolean insecureSkipVerify,
    boolean startTLS,
    @Nullable String rootCA,
    @Nullable Base64Text rootCAData,
    @Nullable String clientCert,
    @Nullable String clientKey,
    @Nullable String bindDN,
    @Nullable String bindPW,
    @Nullable String usernamePrompt,
    @Nullable ObjectNode kerberos,
    UserSearch userSearch,
    @Nullable GroupSearch groupSearch) {

  /** How a person is found. Dex starts without an idAttr, and then lets nobody in. */
  record UserSearch(
      String baseDN,
      @Nullable String filter,
      String username,
      @Nullable Scope scope,
      String idAttr,
      @Nullable String emailAttr,
      @Nullable String nameAttr,
      @Nullable String preferredUsernameAttr,
      @Nullable String emailSuffix) {}

  /** How a person's groups are found. */
  record GroupSearch(
      @Nullable String baseDN,
      @Nullable String filter,
      @Nullable Scope scope,
      @Nullable String nameAttr,
      @Nullable String userAttr,
      @Nullable String groupAttr,
      @Nullable List<UserMatcher> userMatchers) {}

  /** Which groups are a person's. */
  record UserMatcher(String userAttr, String groupAttr, @Nullable String recursionGroupAttr) {}

  /** The names are the configuration's. */
  enum Scope {
    sub,
    one
  }

  /** Stands for text that is Base64. */
  interface Base64Text {}
}
