package com.example.library;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the library remembers of a visit, in the HttpSession: a message to show, a form's token. */
final class Visit {
  private static final String MESSAGE = "message";
  private static final String FORM = "form";

  private Visit() {}

  static void say(HttpServletRequest request, String message) {
    request.getSession().setAttribute(MESSAGE, message);
  }

  /** Hands the message, which is shown once, and the form's token to a page. */
  static void show(HttpServletRequest request) {
    HttpSession session = request.getSession();
    request.setAttribute(MESSAGE, session.getAttribute(MESSAGE));
    session.removeAttribute(MESSAGE);
    if (session.getAttribute(FORM) == null) {
      session.setAttribute(FORM, UUID.randomUUID().toString());
    }
  }

  /** Whether a form was made in this visit, and not on a page of somebody else. */
  static boolean isOwnForm(HttpServletRequest request) {
    @Nullable HttpSession session = request.getSession(false);
    String sent = request.getParameter(FORM);
    return session != null && sent != null && Objects.equals(session.getAttribute(FORM), sent);
  }
}
