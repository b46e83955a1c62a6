package io.gatekeeper.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.examples.kubeflow.dex.Connector;
import io.gatekeeper.examples.kubeflow.dex.Connectors;
import io.gatekeeper.netty.LoopbackPorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;

/**
 * OpenLDAP's server. It knows the people of {@code people.ldif} and their groups whenever it
 * starts, and runs as whoever runs the tests.
 */
final class Slapd {
  /** An ordinary person. */
  static final Person ANNA =
      new Person("anna", "anna's password", "anna@example.org", "analysts,notebooks", "ldap");

  /** How many groups those have who are in very many. */
  static final int MANY = 150;

  private static final String GROUP =
      """

      dn: cn=%1$s,ou=groups,dc=example,dc=org
      objectClass: groupOfNames
      cn: %1$s
      member: uid=%2$s,ou=people,dc=example,dc=org
      """;

  private static final String BASE = "dc=example,dc=org";

  private static Slapd shared;

  private final InetSocketAddress address = LoopbackPorts.free();
  private final Program program = new Program("slapd");

  private Slapd() {
    StringBuilder people = new StringBuilder(resource("people.ldif"));
    for (int i = 1; i <= MANY; i++) {
      people.append(GROUP.formatted(shortName(i), "ben"));
      people.append(GROUP.formatted("data-science-" + shortName(i), "carla"));
    }
    program.file("people.ldif", people.toString());
    program.file("slapd.conf", resource("slapd.conf"));
    copyProgram();
    program.command(
        "sh",
        "-c",
        "rm -rf data && mkdir data && ./slapd -T add -q -f slapd.conf -l people.ldif"
            + " && exec ./slapd -d 0 -f slapd.conf -h ldap://"
            + host());
  }

  /** The one of this JVM; it runs until the end. */
  static synchronized Slapd shared() {
    if (shared == null) {
      shared = new Slapd();
      shared.start();
    }
    return shared;
  }

  /** One of the many groups. */
  static String shortName(int number) {
    return "team-%03d".formatted(number);
  }

  /** AppArmor's profile for the installed file keeps it to the system's own directories. */
  private void copyProgram() {
    try {
      Files.copy(Installed.program("slapd"), program.directory().resolve("slapd"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where Dex finds it. */
  String host() {
    return "127.0.0.1:" + address.getPort();
  }

  /**
   * Dex's connector to it, {@code ldap}: people by their uid, groups by their cn.
   *
   * @param id its id
   * @param emailAttribute where a person's email address is
   */
  List<Connector> connectors(String id, String emailAttribute) {
    return Connectors.read(
        """
        - id: %s
          name: OpenLDAP
          type: ldap
          config:
            host: %s
            insecureNoSSL: true
            bindDN: cn=admin,dc=example,dc=org
            bindPW: admin
            userSearch: {baseDN: "ou=people,dc=example,dc=org", username: uid, idAttr: uid, emailAttr: %s, nameAttr: cn}
            groupSearch: {baseDN: "ou=groups,dc=example,dc=org", userAttr: DN, groupAttr: member, nameAttr: cn}
        """
            .formatted(id, host(), emailAttribute));
  }

  /** Makes these, and nobody else, a group's members. */
  void setMembers(String group, Person... people) {
    StringBuilder change =
        new StringBuilder("dn: cn=" + group + ",ou=groups," + BASE)
            .append("\nchangetype: modify\nreplace: member\nmember: ")
            .append(dn("nobody"));
    for (Person person : people) {
      change.append("\nmember: ").append(dn(person.login()));
    }
    modify(change.toString());
  }

  /** Gives somebody another user name. */
  void rename(String login, String another) {
    modify(
        "dn: %s\nchangetype: modrdn\nnewrdn: uid=%s\ndeleteoldrdn: 1"
            .formatted(dn(login), another));
  }

  private static String dn(String login) {
    return "uid=" + login + ",ou=people," + BASE;
  }

  private void modify(String change) {
    String file = program.file("change.ldif", change + "\n").toString();
    List<String> command =
        List.of(
            Installed.program("ldapmodify").toString(),
            "-x",
            "-H",
            "ldap://" + host(),
            "-D",
            "cn=admin," + BASE,
            "-w",
            "admin",
            "-f",
            file);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again. */
  void start() {
    program.start(
        () -> {
          try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
          }
        });
  }

  /** Stops it; what connects is refused. */
  void stop() {
    program.stop();
  }

  private static String resource(String name) {
    try (InputStream in = Slapd.class.getResourceAsStream("/ldap/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
