package io.muster.control.history;

import java.util.Locale;

/** What numbers are of, beside the server. Its name is the word in answers and parameters. */
enum Label {
  CLUSTER("cluster"),
  NODE("node"),
  VM("vm_id"),
  STORAGE("storage"),
  PROJECT("project"),
  RESOURCE("resource");

  private final String column;

  Label(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
