package com.example.library;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The librarians' desk: who has which book, {@code GET /desk}. */
public final class DeskServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (!request.isUserInRole("librarians")) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    request.setAttribute("loans", Library.of(getServletContext()).loans());
    Visit.show(request);
    request.getRequestDispatcher("/WEB-INF/jsp/desk.jsp").forward(request, response);
  }
}
