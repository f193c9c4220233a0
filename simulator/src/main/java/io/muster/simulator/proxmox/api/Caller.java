package io.muster.simulator.proxmox.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who calls, and what that identity may do: a token's rights are the user's and its own. */
public interface Caller {
  /** Such as {@code muster@pve}. */
  String user();

  /** Token name without the user, or null for a ticket. */
  @Nullable String token();

  /** Such as {@code muster@pve!agent}: how it stands in a UPID. */
  String identity();

  /** Whether any of the privileges is held on the path, for silent filtering and handler checks. */
  boolean may(String path, String... anyOf);

  /** Path to privilege to propagation, as {@code /access/permissions} answers; null = all paths. */
  Map<String, Map<String, Integer>> permissions(@Nullable String path);
}
