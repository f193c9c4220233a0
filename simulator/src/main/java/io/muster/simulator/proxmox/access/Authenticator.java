package io.muster.simulator.proxmox.access;

import io.muster.simulator.proxmox.api.Caller;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out who calls. */
public final class Authenticator {
  private static final Pattern TICKET = Pattern.compile("(?:^|\\s)PVEAuthCookie(?:=| )([^;]*)");
  private static final Pattern TOKEN = Pattern.compile("(?:^|\\s)PVEAPIToken(?:=| )([^;]*)");
  private static final Pattern TOKEN_PARTS =
      Pattern.compile("([^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+)!([A-Za-z][A-Za-z0-9.\\-_]+)=(.+)");

  private final AccessControl access;
  private final Tickets tickets;
  private final boolean detailedTexts;

  /**
   * @param detailedTexts whether a 401 says what was wrong, as servers before January 2026 do
   */
  Authenticator(AccessControl access, Tickets tickets, boolean detailedTexts) {
    this.access = access;
    this.tickets = tickets;
    this.detailedTexts = detailedTexts;
  }

  /** What the request carries; a cookie wins over a ticket in the header, both over a token. */
  public static Credentials credentials(
      @Nullable String cookie, @Nullable String authorization, @Nullable String csrfToken) {
    String ticket = find(TICKET, cookie);
    if (ticket == null) {
      ticket = find(TICKET, authorization);
    }
    String token = ticket == null ? find(TOKEN, authorization) : null;
    return new Credentials(
        ticket == null ? null : unescape(ticket), token == null ? null : token.strip(), csrfToken);
  }

  /** Unlike in a form, a plus is a plus: clients send tickets escaped and as they are. */
  private static String unescape(String ticket) {
    return URLDecoder.decode(ticket.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** A caller without rights, for the calls that are open to all. */
  public Caller anonymous() {
    return new Identity(access, "", null);
  }

  /**
   * The caller behind the credentials.
   *
   * @param writes whether the request needs the token against forged requests beside a ticket
   */
  public Caller authenticate(Credentials credentials, boolean writes) throws UnauthorizedException {
    String token = credentials.apiToken();
    if (token != null) {
      return withToken(token);
    }
    String ticket = credentials.ticket();
    if (ticket == null || ticket.isEmpty()) {
      throw new UnauthorizedException("No ticket");
    }
    return withTicket(ticket, credentials.csrfToken(), writes);
  }

  private Caller withToken(String text) throws UnauthorizedException {
    Matcher parts = TOKEN_PARTS.matcher(text);
    if (!parts.matches()) {
      throw failure("no tokenid specified");
    }
    String userId = parts.group(1);
    User user = access.user(userId);
    if (user == null || !access.isUsable(user)) {
      throw failure("no such user ('" + userId + "')");
    }
    ApiToken token = access.token(userId + "!" + parts.group(2));
    if (token == null) {
      throw failure("no such token '" + parts.group(2) + "' for user '" + userId + "'");
    }
    if (access.isPast(token.expire())) {
      throw failure("token '" + token.id() + "' access expired");
    }
    if (!isEqual(token.secret(), parts.group(3))) {
      throw failure("invalid token value!");
    }
    return new Identity(access, userId, token.name());
  }

  private Caller withTicket(String ticket, @Nullable String csrfToken, boolean writes)
      throws UnauthorizedException {
    String userId = tickets.userOf(ticket);
    User user = userId == null ? null : access.user(userId);
    if (userId == null || user == null || !access.isUsable(user)) {
      throw failure("permission denied - invalid PVE ticket");
    }
    if (writes && (csrfToken == null || !tickets.isGoodCsrfToken(csrfToken, userId))) {
      throw new UnauthorizedException("Permission denied - invalid csrf token");
    }
    return new Identity(access, userId, null);
  }

  static boolean isEqual(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private UnauthorizedException failure(String detail) {
    return new UnauthorizedException(detailedTexts ? detail : "Authentication failed!");
  }

  private static @Nullable String find(Pattern pattern, @Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher matcher = pattern.matcher(header);
    return matcher.find() ? matcher.group(1) : null;
  }

  /**
   * What a request carries about its caller.
   *
   * @param apiToken {@code USER@REALM!NAME=SECRET}, or null
   */
  public record Credentials(
      @Nullable String ticket, @Nullable String apiToken, @Nullable String csrfToken) {
    @Override
    public String toString() {
      return "Credentials[***]";
    }
  }
}
