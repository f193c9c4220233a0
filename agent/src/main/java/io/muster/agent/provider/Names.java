package io.muster.agent.provider;

import org.jspecify.annotations.Nullable;

/** Names that may leave the site: the same one for the same name, so that relations hold. */
public interface Names {
  /** What a name belongs to; names of different kinds are not related. */
  enum Kind {
    CLUSTER,
    NODE,
    VM,
    STORAGE,
    GROUP,
    TAG,
    USER,
    REALM,
    TOKEN,
    /** IP or host name. */
    ADDRESS,
    FINGERPRINT,
    /** Any other text. */
    TEXT
  }

  String of(Kind kind, String name);

  /** For a word in a sentence: what it was given as a name of whatever kind; null = none yet. */
  @Nullable String known(String word);
}
