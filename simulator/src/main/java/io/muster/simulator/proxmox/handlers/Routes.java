package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.Handler;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Method and path template to handler, as in the API schema. */
final class Routes {
  private final Map<String, Handler> handlers = new TreeMap<>();

  void get(String path, Handler handler) {
    add("GET", path, handler);
  }

  void post(String path, Handler handler) {
    add("POST", path, handler);
  }

  void put(String path, Handler handler) {
    add("PUT", path, handler);
  }

  void delete(String path, Handler handler) {
    add("DELETE", path, handler);
  }

  private void add(String method, String path, Handler handler) {
    if (handlers.put(method + " " + path, handler) != null) {
      throw new IllegalStateException("Two handlers for " + method + " " + path);
    }
  }

  Map<String, Handler> all() {
    return Collections.unmodifiableMap(handlers);
  }
}
