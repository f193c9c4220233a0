package io.muster.simulator.kubernetes.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The accounts that exist from the start, by their tokens. Safe for use by several threads. */
public final class Accounts {
  private static final String NAMESPACE = "muster";

  /** Whoever shows nothing. */
  private static final Account ANONYMOUS =
      new Account("system:anonymous", List.of(), "", List.of());

  private final Map<String, Account> byToken = new ConcurrentHashMap<>();
  private final Map<Role, String> tokens;
  private volatile Set<String> expired = Set.of();
  private volatile List<Rule> forbidden = List.of();

  /** What an account is for. */
  public enum Role {
    READER("muster-agent"),
    NAMESPACED("muster-namespaced"),
    OPERATOR("muster-operator"),
    ADMIN("admin");

    private final String account;

    Role(String account) {
      this.account = account;
    }
  }

  /**
   * @param tokens that were kept; those that are missing are made
   * @param namespace of the account that sees nothing else
   */
  public Accounts(Map<Role, String> tokens, String namespace, Instant now) {
    Map<Role, String> all = new TreeMap<>(tokens);
    for (Role role : Role.values()) {
      String token =
          all.computeIfAbsent(role, missing -> Tokens.create(NAMESPACE, missing.account, now));
      byToken.put(token, account(role, namespace));
    }
    this.tokens = Map.copyOf(all);
  }

  private static Account account(Role role, String namespace) {
    String user = Tokens.user(NAMESPACE, role.account);
    return switch (role) {
      case READER -> new Account(user, Roles.reader(), "", List.of());
      case NAMESPACED -> new Account(user, List.of(), namespace, Roles.namespaceReader());
      case OPERATOR -> new Account(user, Roles.operator(), "", List.of());
      case ADMIN -> new Account(user, List.of(Rule.EVERYTHING), "", List.of());
    };
  }

  public String token(Role role) {
    return tokens.getOrDefault(role, "");
  }

  /** Whose token that is; nobody's without one; null when it is unknown or past its end. */
  public @Nullable Account of(@Nullable String token) {
    if (token == null) {
      return ANONYMOUS;
    }
    return expired.contains(token) ? null : byToken.get(token);
  }

  public boolean may(Account account, Deed deed) {
    if (account.equals(ANONYMOUS)) {
      return false;
    }
    return Roles.EVERYBODY.stream().anyMatch(rule -> rule.allows(deed))
        || (account.may(deed)
            && (account.cluster().contains(Rule.EVERYTHING)
                || forbidden.stream().noneMatch(rule -> rule.allows(deed))));
  }

  /** Lets these tokens be past their end, and no others. */
  public void expire(Set<Role> roles) {
    expired = Set.copyOf(roles.stream().map(role -> tokens.getOrDefault(role, "")).toList());
  }

  /** Takes these rights from everybody but the administrator, and no others. */
  public void forbid(List<Rule> rules) {
    forbidden = List.copyOf(rules);
  }
}
