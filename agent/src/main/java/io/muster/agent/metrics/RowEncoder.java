package io.muster.agent.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Makes the bytes that {@link RowCodec} reads. */
final class RowEncoder implements Cells {
  private static final int FIRST_CAPACITY = 16 << 10;

  private final Map<String, Integer> names = new HashMap<>();
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;
  private int rows;

  void add(WritableRow row) {
    name(row.tableName());
    instant(row.ts());
    row.write(this);
    put(RowCodec.END);
    rows++;
  }

  int size() {
    return size;
  }

  int rows() {
    return rows;
  }

  /** What was added so far; the encoder is of no use after it. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  @Override
  public void symbol(String column, String value) {
    cell(RowCodec.SYMBOL, column);
    name(value);
  }

  @Override
  public void text(String column, String value) {
    cell(RowCodec.TEXT, column);
    string(value);
  }

  @Override
  public void whole(String column, long value) {
    cell(RowCodec.WHOLE, column);
    number(value);
  }

  @Override
  public void real(String column, double value) {
    cell(RowCodec.REAL, column);
    room(Double.BYTES);
    ByteBuffer.wrap(bytes).putDouble(size, value);
    size += Double.BYTES;
  }

  @Override
  public void truth(String column, boolean value) {
    cell(value ? RowCodec.TRUE : RowCodec.FALSE, column);
  }

  @Override
  public void time(String column, Instant value) {
    cell(RowCodec.TIME, column);
    instant(value);
  }

  private void cell(byte type, String column) {
    put(type);
    name(column);
  }

  /** 0 and the text the first time, its number after that. */
  private void name(String name) {
    Integer known = names.putIfAbsent(name, names.size() + 1);
    if (known == null) {
      number(0);
      string(name);
    } else {
      number(known);
    }
  }

  private void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  private void instant(Instant time) {
    number(time.getEpochSecond());
    room(Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(size, time.getNano());
    size += Integer.BYTES;
  }

  private void number(long value) {
    long zigzag = (value << 1) ^ (value >> (Long.SIZE - 1));
    while ((zigzag & ~0x7fL) != 0) {
      put((byte) (zigzag | 0x80));
      zigzag >>>= 7;
    }
    put((byte) zigzag);
  }

  private void put(byte value) {
    room(1);
    bytes[size] = value;
    size++;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
