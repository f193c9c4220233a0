package io.muster.simulator.proxmox.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A validated call: path and request parameters are one name space, as in Proxmox. */
public interface Call {
  Caller caller();

  /** The member whose address was called. */
  String entryNode();

  boolean has(String parameter);

  /** The parameter's text, or null when it was not given. */
  @Nullable String text(String parameter);

  /** The parameter's text; an error of ours when a required one is missing. */
  String required(String parameter);

  int number(String parameter, int otherwise);

  long longNumber(String parameter, long otherwise);

  boolean flag(String parameter, boolean otherwise);

  /** All values of a repeated parameter. */
  List<String> all(String parameter);
}
