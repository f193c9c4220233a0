package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.access.Authenticator;
import io.muster.simulator.proxmox.access.PermissionCheck;
import io.muster.simulator.proxmox.access.UnauthorizedException;
import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Caller;
import io.muster.simulator.proxmox.api.Handler;
import io.muster.simulator.proxmox.faults.ActiveFault;
import io.muster.simulator.proxmox.faults.Faults;
import io.muster.simulator.proxmox.schema.ApiSchema;
import io.muster.simulator.proxmox.schema.MethodSchema;
import io.muster.simulator.proxmox.schema.Verifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API process of one node: takes a request through the same checks in the same order as
 * Proxmox. A fault befalls a request before all of them, or where it is forwarded.
 */
public final class ApiProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ApiProcess.class);

  private static final Pattern API_PATH = Pattern.compile("/api2/+([a-z][a-z0-9]+)(/.*)?");

  /** The calls that need no login. */
  private static final Set<String> OPEN =
      Set.of("GET /access/domains", "GET /access/ticket", "POST /access/ticket");

  private final String node;
  private final ApiSchema schema;
  private final Authenticator authenticator;
  private final Faults faults;
  private final Forwarding forwarding;
  private final Map<String, Handler> handlers;
  private final Formatter formatter;

  /**
   * @param handlers by method and path template; what the schema has and this lacks is 501
   */
  ApiProcess(
      String node,
      ApiSchema schema,
      Authenticator authenticator,
      Faults faults,
      Forwarding forwarding,
      Map<String, Handler> handlers,
      Formatter formatter) {
    this.node = node;
    this.schema = schema;
    this.authenticator = authenticator;
    this.faults = faults;
    this.forwarding = forwarding;
    this.handlers = Map.copyOf(handlers);
    this.formatter = formatter;
  }

  /** The fault that befalls a request of this node, or null. */
  @Nullable ActiveFault faultOf(RequestHead head) {
    Matcher path = API_PATH.matcher(head.path());
    boolean ours = path.matches() && path.group(2) != null;
    return faults.of(node, ours ? path.group(2) : head.path());
  }

  /**
   * Carries a request out that a fault befalls; null when the connection is to be closed without an
   * answer. Blocks while the fault holds the request.
   *
   * @param gone completes when the client has gone
   */
  @Nullable ApiResponse answer(
      RequestHead head, ActiveFault fault, byte[] body, CompletableFuture<Boolean> gone) {
    return switch (fault.meet(gone)) {
      case ActiveFault.Verdict.Answered(int status, String reason) ->
          hasNoBody(status)
              ? ApiResponse.empty(status, reason)
              : formatter.failure("json", ApiException.of(status, reason));
      case ActiveFault.Verdict.Dropped _ -> null;
      case ActiveFault.Verdict.GoesOn _ ->
          switch (admit(head)) {
            case Refused(ApiResponse response) -> response;
            case Admitted admitted -> answer(head, admitted, body);
          };
    };
  }

  private static boolean hasNoBody(int status) {
    return status == 401 || isPeerFailure(status);
  }

  /** What is known before the body: who calls, or the answer that ends the request here. */
  Admission admit(RequestHead head) {
    Matcher path = API_PATH.matcher(head.path());
    if (!path.matches()) {
      return new Refused(
          ApiResponse.plain(
              501,
              head.path().startsWith("/api2")
                  ? "no such uri"
                  : "no such file '" + head.path() + "'"));
    }
    String relative = path.group(2) == null ? "/" : path.group(2);
    try {
      Caller caller =
          OPEN.contains(head.method() + " " + relative)
              ? authenticator.anonymous()
              : authenticator.authenticate(head.credentials(), !head.method().equals("GET"));
      return new Admitted(path.group(1), relative, caller);
    } catch (UnauthorizedException e) {
      return new Refused(ApiResponse.empty(401, String.valueOf(e.getMessage())));
    }
  }

  /** Carries an admitted request out. May block as long as the handler does. */
  ApiResponse answer(RequestHead head, Admitted admitted, byte[] body) {
    if (!Formatter.FORMATS.contains(admitted.format())) {
      return ApiResponse.plain(
          501, "no formatter for uri " + admitted.path() + ", " + admitted.format());
    }
    try {
      return call(head, admitted, Parameters.of(head, body));
    } catch (Parameters.MalformedException e) {
      return ApiResponse.plain(500, e.getMessage() + "\n");
    } catch (ApiException e) {
      return isPeerFailure(e.status())
          ? ApiResponse.empty(e.status(), String.valueOf(e.getMessage()))
          : formatter.failure(admitted.format(), e);
    } catch (RuntimeException e) {
      LOG.error("The handler of {} {} on {} failed", head.method(), admitted.path(), node, e);
      return formatter.failure(
          admitted.format(), ApiException.of(500, "the simulator failed: " + e));
    }
  }

  private ApiResponse call(RequestHead head, Admitted admitted, Map<String, List<String>> requested)
      throws ApiException {
    ApiSchema.Match match = schema.find(head.method(), admitted.path());
    if (match == null) {
      return formatter.notImplemented(admitted.format(), head.method(), admitted.path());
    }
    MethodSchema method = match.method();
    Map<String, List<String>> parameters = merge(match.pathParameters(), requested);
    if (method.closedToTokens() && head.credentials().apiToken() != null) {
      throw PermissionCheck.denied(
          "URI '" + admitted.path() + "' not available with API token, need proper ticket.\n");
    }
    PermissionCheck.require(method.needs(), admitted.caller(), parameters);
    boolean forwarded =
        forwarding.isForwarded(method, admitted.path(), parameters) || method.runsInWorker();
    verify(method, admitted.caller(), parameters);
    Handler handler = handlers.get(method.key());
    if (handler == null) {
      LOG.warn("Nothing simulates {}", method.key());
      return formatter.notImplemented(admitted.format(), head.method(), admitted.path());
    }
    Object result = handler.handle(new ValidatedCall(admitted.caller(), node, parameters));
    return formatter.success(admitted.format(), result, forwarded);
  }

  private static Map<String, List<String>> merge(
      Map<String, String> inPath, Map<String, List<String>> requested) throws ApiException {
    Map<String, List<String>> parameters = new HashMap<>(requested);
    Map<String, String> conflicts = new HashMap<>();
    inPath.forEach((name, value) -> {
      List<String> other = parameters.put(name, List.of(value));
      if (other != null && !other.equals(List.of(value))) {
        conflicts.put(
            name, "duplicate parameter (already defined in URI) with conflicting values!");
      }
    });
    if (!conflicts.isEmpty()) {
      throw ApiException.badParameters(conflicts);
    }
    return parameters;
  }

  private static void verify(
      MethodSchema method, Caller caller, Map<String, List<String>> parameters)
      throws ApiException {
    Map<String, String> faults = Verifier.faults(method, parameters);
    if (faults.isEmpty() && !caller.identity().equals("root@pam")) {
      faults = Verifier.rootOnly(method, parameters);
    }
    if (!faults.isEmpty()) {
      throw ApiException.badParameters(faults);
    }
  }

  private static boolean isPeerFailure(int status) {
    return status >= 595 && status <= 599;
  }

  /** What {@link #admit} found. */
  sealed interface Admission {}

  /** The request ends here. */
  record Refused(ApiResponse response) implements Admission {}

  /**
   * The request may go on.
   *
   * @param path below the format, such as {@code /version}
   */
  record Admitted(String format, String path, Caller caller) implements Admission {}

  /** The parts that all nodes of a cluster share. */
  public record Shared(
      ApiSchema schema,
      Authenticator authenticator,
      Members members,
      Faults faults,
      Map<String, Handler> handlers,
      HttpSettings settings) {
    /** The process of one node. */
    public ApiProcess on(String node) {
      JsonWriter writer = new JsonWriter(settings.randomKeyOrder() ? new Random() : null);
      return new ApiProcess(
          node,
          schema,
          authenticator,
          faults,
          new Forwarding(node, members, faults, settings.peerTimeout()),
          handlers,
          new Formatter(writer, settings.errorTexts()));
    }
  }
}
