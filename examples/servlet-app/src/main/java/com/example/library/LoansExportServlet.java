package com.example.library;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The loans as a table, written by another thread: {@code GET /desk/loans.csv}. */
public final class LoansExportServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.isUserInRole("librarians")) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    AsyncContext async = request.startAsync();
    async.start(() -> write(async));
  }

  private void write(AsyncContext async) {
    HttpServletRequest request = (HttpServletRequest) async.getRequest();
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    response.setContentType("text/csv;charset=utf-8");
    StringBuilder table = new StringBuilder("title,reader\n");
    for (Entry loan : Library.of(getServletContext()).loans()) {
      table
          .append(cell(loan.book().title()))
          .append(',')
          .append(cell(String.valueOf(loan.reader())));
      table.append('\n');
    }
    table
        .append(cell("exported by"))
        .append(',')
        .append(cell(request.getRemoteUser()))
        .append('\n');
    try {
      response.getWriter().write(table.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      async.complete();
    }
  }

  private static String cell(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
