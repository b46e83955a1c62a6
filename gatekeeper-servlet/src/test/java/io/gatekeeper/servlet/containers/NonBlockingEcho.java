package io.gatekeeper.servlet.containers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads a body as it comes, and writes it back as it can be written; no thread waits. */
final class NonBlockingEcho implements ServletPage {
  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    AsyncContext context = request.startAsync();
    HttpServletRequest asked = (HttpServletRequest) context.getRequest();
    response.setHeader("X-User", asked.getRemoteUser());
    asked.getInputStream().setReadListener(new Reader(context));
  }

  private static final class Reader implements ReadListener {
    private final AsyncContext context;
    private final ServletInputStream in;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    Reader(AsyncContext context) throws IOException {
      this.context = context;
      this.in = context.getRequest().getInputStream();
    }

    @Override
    public void onDataAvailable() throws IOException {
      byte[] buffer = new byte[8192];
      while (in.isReady() && !in.isFinished()) {
        int length = in.read(buffer);
        if (length > 0) {
          read.write(buffer, 0, length);
        }
      }
    }

    @Override
    public void onAllDataRead() throws IOException {
      ServletOutputStream out = context.getResponse().getOutputStream();
      out.setWriteListener(new Writer(context, out, read.toByteArray()));
    }

    @Override
    public void onError(Throwable mistake) {
      context.complete();
    }
  }

  private static final class Writer implements WriteListener {
    private static final int PIECE = 8192;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final byte[] body;
    private int written;

    Writer(AsyncContext context, ServletOutputStream out, byte[] body) {
      this.context = context;
      this.out = out;
      this.body = body;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (out.isReady()) {
        if (written == body.length) {
          context.complete();
          return;
        }
        int length = Math.min(PIECE, body.length - written);
        out.write(body, written, length);
        written += length;
      }
    }

    @Override
    public void onError(Throwable mistake) {
      context.complete();
    }
  }
}
