package io.gatekeeper.examples.kubeflow.dex;

/** The connector of Charmed Kubeflow's documentation. */
public final class CharmedConnector {
  /** Where its directory is. */
  public static final String HOST = "ldap-service.auth.svc.cluster.local:389";

  /** The list of connectors, as it stands there. */
  public static final String YAML =
      """
      - id: ldap
        name: OpenLDAP
        type: ldap
        config:
          host: ldap-service.auth.svc.cluster.local:389
          insecureNoSSL: true
          bindDN: cn=admin,dc=example,dc=org
          bindPW: admin
          usernamePrompt: Email Address
          userSearch: {baseDN: "cn=admin,dc=example,dc=org", filter: "", username: cn, \
      idAttr: DN, emailAttr: DN, nameAttr: cn}
          groupSearch: {baseDN: "cn=admin,dc=example,dc=org", filter: "", userAttr: DN, \
      groupAttr: DN, nameAttr: cn}
      """;

  private CharmedConnector() {}
}
