package io.muster.simulator.openstack.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.model.Refusal;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Refusals in the form of each service. */
final class Errors {
  private Errors() {}

  static Reply of(Service service, Refusal refusal, String requestId) {
    int status = refusal.status();
    String text = refusal.text();
    return switch (service) {
      case IDENTITY -> Reply.of(status, keystone(status, text));
      case COMPUTE, VOLUME ->
          Reply.of(
              status,
              Nodes.object()
                  .set(faultName(status), Nodes.object().put("code", status).put("message", text)));
      case PLACEMENT -> Reply.of(status, placement(status, text, requestId));
      case IMAGE -> Reply.of(status, paste(status, text + "<br /><br />\n\n\n"));
      case NETWORK ->
          Reply.of(
              status,
              Nodes.object()
                  .set(
                      "NeutronError",
                      Nodes.object()
                          .put("type", title(status).replace(" ", ""))
                          .put("message", text)
                          .put("detail", "")));
    };
  }

  private static ObjectNode keystone(int status, String text) {
    ObjectNode error = Nodes.object().put("code", status).put("message", text);
    return Nodes.object().set("error", error.put("title", title(status)));
  }

  private static ObjectNode placement(int status, String text, String requestId) {
    ObjectNode error =
        Nodes.object()
            .put("status", status)
            .put("title", title(status))
            .put("detail", detail(status) + "\n\n " + text + "  ")
            .put("code", "placement.undefined_code")
            .put("request_id", requestId);
    return Nodes.object().set("errors", Nodes.array().add(error));
  }

  private static String detail(int status) {
    return switch (status) {
      case 403 -> "Access was denied to this resource.";
      case 404 -> "The resource could not be found.";
      default -> "The server could not comply with the request.";
    };
  }

  /** Before any service looks at it: a path or a method that is not there. */
  static Reply notRouted() {
    return Reply.of(404, paste(404, "The resource could not be found.<br /><br />\n\n\n"));
  }

  static Reply tooLarge(int most) {
    return Reply.of(
        413,
        paste(
            413,
            "Request is too large. Larger than max_request_body_size ("
                + most
                + ").<br /><br />\n\n\n"));
  }

  /** The token is not good for a service. */
  static Reply unauthorized(Service service, String keystone) {
    if (service == Service.IMAGE) {
      return glanceUnauthorized(keystone);
    }
    String uri = service == Service.IDENTITY ? keystone + "/v3" : keystone;
    return Reply.of(401, keystone(401, "The request you have made requires authentication."))
        .with("WWW-Authenticate", "Keystone uri=\"" + uri + "\"");
  }

  private static Reply glanceUnauthorized(String keystone) {
    return Reply.of(
            401,
            paste(
                401,
                "This server could not verify that you are authorized to access the document you"
                    + " requested. Either you supplied the wrong credentials (e.g., bad password),"
                    + " or your browser does not understand how to supply the credentials"
                    + " required.<br /><br />\n\n\n"))
        .with("WWW-Authenticate", "Keystone uri=\"" + keystone + "\"");
  }

  /** The service cannot ask Keystone what a token is good for. */
  static Reply keystoneUnavailable(Service service, String keystone) {
    if (service == Service.IMAGE) {
      return glanceUnauthorized(keystone);
    }
    return Reply.of(
        503,
        paste(
            503,
            """
            The server is currently unavailable. Please try again at a later time.<br /><br />
            The Keystone service is temporarily unavailable.

            """));
  }

  private static ObjectNode paste(int status, String message) {
    return Nodes.object()
        .put("message", message)
        .put("code", status + " " + title(status))
        .put("title", title(status));
  }

  private static String title(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }

  private static String faultName(int status) {
    return switch (status) {
      case 400 -> "badRequest";
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404 -> "itemNotFound";
      case 405 -> "badMethod";
      case 409 -> "conflictingRequest";
      case 413, 429 -> "overLimit";
      case 415 -> "badMediaType";
      case 501 -> "notImplemented";
      case 503 -> "serviceUnavailable";
      default -> "computeFault";
    };
  }
}
