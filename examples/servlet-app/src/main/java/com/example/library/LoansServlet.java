package com.example.library;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends a book and takes it back: {@code POST /loans}. */
public final class LoansServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(LoansServlet.class);

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Visit.isOwnForm(request)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    String reader = request.getRemoteUser();
    int book = Integer.parseInt(request.getParameter("book"));
    boolean back = "back".equals(request.getParameter("action"));
    Library library = Library.of(getServletContext());
    boolean done = back ? library.takeBack(book, reader) : library.lend(book, reader);
    LOG.info("{} {} book {}: {}", reader, back ? "returns" : "borrows", book, done);
    Visit.say(request, done ? (back ? "Thank you!" : "Enjoy it!") : "Somebody was faster.");
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + "/books");
  }
}
