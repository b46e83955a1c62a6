package io.gatekeeper.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder without its leniency. Two readers of one message that read it differently are
 * what request smuggling lives on, so what is open to interpretation fails to decode: a folded
 * header line, white space before the request line, anything but one space between its words, bare
 * line feeds, and two lengths.
 *
 * <p>Specification: RFC 9112, sections 2.2, 3, 5.1, 5.2 and 6.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  /** The longest request line, in bytes. */
  static final int MAX_REQUEST_LINE = 16 * 1024;

  /** The most bytes of all header lines together. */
  static final int MAX_HEADERS = 64 * 1024;

  private boolean inHead = true;
  private boolean indented;

  StrictRequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_REQUEST_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    int start = buffer.readerIndex();
    int known = out.size();
    super.decode(context, buffer, out);
    if (inHead) {
      indented |= hasIndentedLine(buffer, start, buffer.readerIndex());
    }
    for (Object message : out.subList(known, out.size())) {
      track(message);
    }
  }

  private void track(Object message) {
    if (message instanceof HttpRequest request) {
      if (indented && request.decoderResult().isSuccess()) {
        request.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("A line begins with white space")));
      }
      indented = false;
      inHead = false;
    }
    if (message instanceof LastHttpContent) {
      inHead = true;
    }
  }

  /** In a head the decoder consumes whole lines, so each range begins at the start of one. */
  private static boolean hasIndentedLine(ByteBuf buffer, int start, int end) {
    int line = start;
    while (line < end) {
      byte first = buffer.getByte(line);
      if (first == HttpConstants.SP || first == HttpConstants.HT) {
        return true;
      }
      int lineFeed = buffer.indexOf(line, end, HttpConstants.LF);
      if (lineFeed < 0) {
        return false;
      }
      line = lineFeed + 1;
    }
    return false;
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    int end = start + length;
    if (start < 2
        || end + 1 >= line.length
        || line[start - 1] != HttpConstants.SP
        || line[start - 2] == HttpConstants.SP
        || line[end] != HttpConstants.SP
        || line[end + 1] == HttpConstants.SP) {
      throw new IllegalArgumentException("The request line is not three words");
    }
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    String version = super.splitThirdWordInitialLine(line, start, length);
    if (!version.startsWith("HTTP/")) {
      throw new IllegalArgumentException("The version is not one of HTTP");
    }
    return version;
  }
}
