package io.gatekeeper.servlet.containers;

import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import java.security.Principal;
import java.util.Set;

/** The one user whom Undertow itself knows. */
final class OneUserManager implements IdentityManager {
  private record OneUser() implements Account {
    @Override
    public Principal getPrincipal() {
      return () -> Application.CONTAINER_USER;
    }

    @Override
    public Set<String> getRoles() {
      return Set.of(Application.CONTAINER_ROLE);
    }
  }

  @Override
  public Account verify(Account account) {
    return account;
  }

  @Override
  public Account verify(String user, Credential credential) {
    return user.equals(Application.CONTAINER_USER)
            && credential instanceof PasswordCredential password
            && String.valueOf(password.getPassword()).equals(Application.CONTAINER_PASSWORD)
        ? new OneUser()
        : null;
  }

  @Override
  public Account verify(Credential credential) {
    return null;
  }
}
