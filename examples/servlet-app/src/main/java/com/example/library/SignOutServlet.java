package com.example.library;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends a visit: {@code POST /sign-out}. */
public final class SignOutServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!Visit.isOwnForm(request)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    request.getSession().invalidate();
    request.logout();
    request.getRequestDispatcher("/WEB-INF/jsp/goodbye.jsp").forward(request, response);
  }
}
