package io.gatekeeper.servlet.containers;

import java.security.Principal;
import java.util.List;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.MessageDigestCredentialHandler;
import org.apache.catalina.realm.RealmBase;

/** The one user whom Tomcat itself knows. */
final class OneUserRealm extends RealmBase {
  OneUserRealm() {
    setCredentialHandler(new MessageDigestCredentialHandler());
  }

  @Override
  protected String getPassword(String user) {
    return user.equals(Application.CONTAINER_USER) ? Application.CONTAINER_PASSWORD : null;
  }

  @Override
  protected Principal getPrincipal(String user) {
    return new GenericPrincipal(user, List.of(Application.CONTAINER_ROLE));
  }
}
