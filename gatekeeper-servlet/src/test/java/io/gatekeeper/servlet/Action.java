package io.gatekeeper.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that does one thing, whatever the method. */
final class Action extends HttpServlet {
  /** What it does. */
  interface Work {
    void run(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  /** What it answers. */
  interface Answer {
    Object to(HttpServletRequest request) throws IOException, ServletException;
  }

  private final transient Work work;

  private Action(Work work) {
    this.work = work;
  }

  static Action of(Work work) {
    return new Action(work);
  }

  /** Answers with a text. */
  static Action answer(Answer answer) {
    return new Action(
        (request, response) -> {
          response.setContentType("text/plain; charset=utf-8");
          response.getWriter().print(answer.to(request));
        });
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    work.run(request, response);
  }
}
