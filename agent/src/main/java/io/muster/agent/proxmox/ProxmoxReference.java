package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.ApiCall;
import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Names;
import io.muster.agent.provider.Names.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Proxmox calls of the agent, and what of their answers may leave the site. */
final class ProxmoxReference implements ApiReference {
  /** Headers that Proxmox sends itself, and what their values look like: a proxy adds its own. */
  private static final Map<String, Pattern> HEADERS =
      Map.of(
          "cache-control", Pattern.compile("[a-z0-9=, -]{1,60}"),
          "connection", Pattern.compile("[A-Za-z-]{1,20}"),
          "content-type", Pattern.compile("application/json(;charset=[A-Za-z0-9-]{1,20})?"),
          "date", Pattern.compile("[A-Za-z0-9 ,:]{1,40}"),
          "expires", Pattern.compile("[A-Za-z0-9 ,:]{1,40}"),
          "pragma", Pattern.compile("no-cache"),
          "server", Pattern.compile("pve-api-daemon/[0-9.]{1,10}"));

  private static final Set<String> TIMES =
      Set.of("timestamp", "time", "starttime", "endtime", "ctime", "expire", "localtime");

  private static final Pattern PLAIN_VALUE = Pattern.compile("\\d{1,10}|[A-Za-z]{1,10}");

  @Override
  public List<ApiCall> calls() {
    return CallCatalogue.CALLS.stream().map(KnownCall::call).toList();
  }

  @Override
  public @Nullable ApiCall of(Exchange exchange) {
    KnownCall known = CallCatalogue.of(below(exchange.path()));
    return known == null ? null : known.call();
  }

  @Override
  public Set<String> timeFields() {
    return TIMES;
  }

  @Override
  public Exchange scrub(Exchange exchange, Names names) {
    KnownCall known = CallCatalogue.of(below(exchange.path()));
    Shape shape = known == null || exchange.status() != 200 ? Shape.ERROR : known.shape();
    String reason = exchange.reason();
    String message = exchange.message();
    return new Exchange(
        exchange.at(),
        endpoint(exchange.endpoint(), names),
        exchange.method(),
        path(exchange.path(), known, names),
        exchange.elapsed(),
        exchange.status(),
        reason == null ? null : Sentences.scrub(reason, names),
        exchange.headers().stream().filter(ProxmoxReference::isProxmoxOwn).toList(),
        body(exchange, new AnswerScrubber(shape, names)),
        exchange.bodyBytes(),
        exchange.isCut(),
        exchange.failure(),
        message == null ? null : Sentences.scrub(message, names));
  }

  private static boolean isProxmoxOwn(Exchange.Header header) {
    Pattern values = HEADERS.get(header.name().toLowerCase(Locale.ROOT));
    return values != null && values.matcher(header.value()).matches();
  }

  static URI endpoint(URI endpoint, Names names) {
    Endpoint at = Endpoint.of(endpoint);
    return new Endpoint(at.scheme(), names.of(Kind.ADDRESS, at.host()), at.port()).uri();
  }

  /** Null when it is not whole or no JSON: then nothing of it is known. */
  private static @Nullable String body(Exchange exchange, AnswerScrubber scrubber) {
    String body = exchange.body();
    if (body == null || exchange.isCut()) {
      return null;
    }
    try {
      JsonNode tree = Json.tree(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
      return scrubber.answer(tree).toString();
    } catch (IOException e) {
      return null;
    }
  }

  private static String below(String path) {
    return path.startsWith(ApiClient.ROOT) ? path.substring(ApiClient.ROOT.length()) : path;
  }

  private static String path(String path, @Nullable KnownCall known, Names names) {
    String below = below(path);
    List<String> asked = KnownCall.parts(below);
    List<String> wanted = known == null ? List.of() : KnownCall.parts(known.call().path());
    List<String> scrubbed = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      String part = asked.get(i);
      if (known == null) {
        scrubbed.add(Sentences.scrub(part, names));
      } else if (KnownCall.isVariable(wanted.get(i))) {
        scrubbed.add(SlowCalls.encode(kind(wanted.get(i)).scrub(decode(part), names)));
      } else {
        scrubbed.add(part);
      }
    }
    int query = below.indexOf('?');
    return ApiClient.ROOT
        + String.join("/", scrubbed)
        + (query < 0 ? "" : "?" + query(below.substring(query + 1), names));
  }

  private static String query(String query, Names names) {
    List<String> scrubbed = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (name.equals("node-list")) {
        value = SlowCalls.encode(names.of(Kind.NODE, decode(value)));
      } else if (!value.isEmpty() && !PLAIN_VALUE.matcher(value).matches()) {
        value = names.of(Kind.TEXT, value);
      }
      scrubbed.add(name + "=" + value);
    }
    return String.join("&", scrubbed);
  }

  private static TextKind kind(String variable) {
    return switch (variable) {
      case "{node}" -> TextKind.NODE;
      case "{storage}" -> TextKind.STORAGE;
      case "{user}" -> TextKind.USER;
      case "{vmid}" -> TextKind.NUMBER;
      default -> throw new IllegalStateException("No kind of name is known for " + variable);
    };
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
