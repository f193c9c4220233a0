package io.muster.control.importing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The text of a file as spreadsheets save it. */
final class FileText {
  /** What spreadsheets on Windows write where they don't write UTF-8. */
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  /** Decodes UTF-8, UTF-16 with its mark, and what is neither as Windows-1252. */
  static String of(byte[] file) {
    String text = decode(file);
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static String decode(byte[] file) {
    if (startsWith(file, 0xFE, 0xFF) || startsWith(file, 0xFF, 0xFE)) {
      return new String(file, StandardCharsets.UTF_16);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      return new String(file, WINDOWS);
    }
  }

  private static boolean startsWith(byte[] file, int first, int second) {
    return file.length >= 2 && file[0] == (byte) first && file[1] == (byte) second;
  }
}
