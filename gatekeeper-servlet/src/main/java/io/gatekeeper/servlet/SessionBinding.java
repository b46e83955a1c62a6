package io.gatekeeper.servlet;

import io.gatekeeper.Decision;
import io.gatekeeper.identity.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Binds the container's sessions to ours, so that nobody finds another's attributes in a browser
 * that two people use. A plain text in the session says whose it is, so that it can be stored and
 * shared like any other attribute.
 */
final class SessionBinding {
  static final String OWNER = "io.gatekeeper.servlet.owner";

  /** More than two rounds take others who end the sessions that are found. */
  private static final int ROUNDS = 10;

  private static final Object[] LOCKS = new Object[32];

  static {
    for (int i = 0; i < LOCKS.length; i++) {
      LOCKS[i] = new Object();
    }
  }

  private final HttpServletRequest request;
  private final @Nullable String owner;
  private final boolean committed;

  /**
   * Looks for a session.
   *
   * @param request the container's request
   * @param decision whose request it is
   * @param committed whether it is too late to tell the browser a new id
   */
  SessionBinding(HttpServletRequest request, Decision.Proceed decision, boolean committed) {
    this.request = request;
    this.owner = owner(decision);
    this.committed = committed;
  }

  private static @Nullable String owner(Decision.Proceed decision) {
    Identity who = decision.who();
    return who == null ? null : decision.session() + '\n' + who.issuer() + '\n' + who.subject();
  }

  /** The session of whose request it is; null when there is none and none is to be made. */
  @Nullable HttpSession find(boolean create) {
    for (int round = 0; round < ROUNDS; round++) {
      HttpSession session = request.getSession(create);
      if (session == null) {
        return null;
      }
      try {
        if (isOurs(session)) {
          return session;
        }
        if (owner == null && !create) {
          return null;
        }
        session.invalidate();
      } catch (IllegalStateException e) {
        // Another request ended it meanwhile; the container finds none now, or makes a new one.
      }
    }
    throw new IllegalStateException("every session that the container finds is another user's");
  }

  private boolean isOurs(HttpSession session) {
    Object found = session.getAttribute(OWNER);
    if (owner == null) {
      return found == null;
    }
    return owner.equals(found) || bind(session, owner);
  }

  /** One request at a time, so that the id changes once and all see the same owner. */
  private boolean bind(HttpSession session, String mine) {
    synchronized (LOCKS[session.getId().hashCode() & (LOCKS.length - 1)]) {
      Object found = session.getAttribute(OWNER);
      if (found != null) {
        return rebind(session, found, mine);
      }
      // First the owner: who finds the session under its new id finds it bound.
      session.setAttribute(OWNER, mine);
      if (!session.isNew() && !committed) {
        request.changeSessionId();
      }
      return true;
    }
  }

  private static boolean rebind(HttpSession session, Object found, String mine) {
    if (mine.equals(found)) {
      return true;
    }
    boolean same = found instanceof String text && user(text).equals(user(mine));
    if (same) {
      session.setAttribute(OWNER, mine);
    }
    return same;
  }

  private static String user(String owner) {
    return owner.substring(owner.indexOf('\n') + 1);
  }
}
