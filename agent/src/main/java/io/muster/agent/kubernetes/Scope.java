package io.muster.agent.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a cluster an entry is about.
 *
 * @param namespace null = all of it
 */
record Scope(@Nullable String namespace) {
  /** Of the list of a kind that lives in namespaces. */
  String path(String api, String resource) {
    return namespace == null
        ? api + "/" + resource
        : api + "/namespaces/" + namespace + "/" + resource;
  }

  boolean hasNodes() {
    return namespace == null;
  }
}
