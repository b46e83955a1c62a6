package com.example.library;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** The shelf: {@code GET /books?q=words}. */
public final class BooksServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String words = Objects.requireNonNullElse(request.getParameter("q"), "");
    request.setAttribute("books", Library.of(getServletContext()).search(words));
    Visit.show(request);
    request.getRequestDispatcher("/WEB-INF/jsp/books.jsp").forward(request, response);
  }
}
