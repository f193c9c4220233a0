package io.muster.agent.metrics;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows as bytes that tell all that is needed to read them: tables and columns by name, values with
 * their type. A name or symbol stands in full where it comes first, and as a number after that.
 *
 * <p>A row is its table's name, its time, its cells and {@link #END}. A cell is one byte of type,
 * the column's name and the value. Whole numbers are zigzag varints, texts UTF-8 after their
 * length.
 */
final class RowCodec {
  static final byte END = 0;
  static final byte SYMBOL = 1;
  static final byte TEXT = 2;
  static final byte WHOLE = 3;
  static final byte REAL = 4;
  static final byte TRUE = 5;
  static final byte FALSE = 6;
  static final byte TIME = 7;

  private final ByteBuffer from;
  private final List<String> names = new ArrayList<>();

  private RowCodec(ByteBuffer from) {
    this.from = from;
  }

  /**
   * @param from what {@link RowEncoder} made
   * @throws IOException when it is something else
   */
  static List<WritableRow> decode(ByteBuffer from, int rows) throws IOException {
    RowCodec codec = new RowCodec(from);
    try {
      List<WritableRow> decoded = new ArrayList<>();
      while (decoded.size() < rows) {
        decoded.add(codec.row());
      }
      return decoded;
    } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
      throw new IOException("rows end too early or hold an impossible time", e);
    }
  }

  private WritableRow row() throws IOException {
    String table = name();
    Instant ts = time();
    List<Consumer<Cells>> cells = new ArrayList<>();
    for (byte type = from.get(); type != END; type = from.get()) {
      cells.add(cell(type));
    }
    return new SpooledRow(table, ts, cells);
  }

  private Consumer<Cells> cell(byte type) throws IOException {
    String column = name();
    return switch (type) {
      case SYMBOL -> {
        String value = name();
        yield cells -> cells.symbol(column, value);
      }
      case TEXT -> {
        String value = text();
        yield cells -> cells.text(column, value);
      }
      case WHOLE -> {
        long value = number();
        yield cells -> cells.whole(column, value);
      }
      case REAL -> {
        double value = from.getDouble();
        yield cells -> cells.real(column, value);
      }
      case TRUE -> cells -> cells.truth(column, true);
      case FALSE -> cells -> cells.truth(column, false);
      case TIME -> {
        Instant value = time();
        yield cells -> cells.time(column, value);
      }
      default -> throw new IOException("cell " + column + " has the unknown type " + type);
    };
  }

  private String name() throws IOException {
    long index = number();
    if (index == 0) {
      String name = text();
      names.add(name);
      return name;
    }
    if (index < 0 || index > names.size()) {
      throw new IOException("name " + index + " of " + names.size());
    }
    return names.get((int) index - 1);
  }

  private String text() throws IOException {
    long length = number();
    if (length < 0 || length > from.remaining()) {
      throw new IOException("a text of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Instant time() {
    return Instant.ofEpochSecond(number(), from.getInt());
  }

  private long number() {
    long zigzag = 0;
    int shift = 0;
    byte next;
    do {
      next = from.get();
      zigzag |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0 && shift < Long.SIZE);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }
}
