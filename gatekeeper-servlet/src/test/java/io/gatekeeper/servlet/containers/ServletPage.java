package io.gatekeeper.servlet.containers;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that is one method, for every method of HTTP. */
interface ServletPage {
  void answer(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException;

  /** The servlet. */
  default HttpServlet servlet() {
    return new PageServlet(this);
  }

  /** Answers with a text that a request gives. */
  static ServletPage text(Text text) {
    return (request, response) -> {
      response.setContentType("text/plain");
      response.setCharacterEncoding("UTF-8");
      response.getWriter().print(text.of(request));
    };
  }

  /** What a request gives. */
  interface Text {
    String of(HttpServletRequest request) throws ServletException, IOException;
  }

  /** The servlet of a page. */
  final class PageServlet extends HttpServlet {
    private final transient ServletPage page;

    PageServlet(ServletPage page) {
      this.page = page;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      page.answer(request, response);
    }
  }
}
