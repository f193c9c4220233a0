package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.access.Account;
import io.muster.simulator.kubernetes.access.Accounts;
import io.muster.simulator.kubernetes.access.Deed;

/** {@code SelfSubjectAccessReview}: what may I do? */
final class AccessReviews {
  private final Accounts accounts;

  AccessReviews(Accounts accounts) {
    this.accounts = accounts;
  }

  Answer answer(Account account, Request request) throws ApiError {
    if (!request.method().equals("POST")) {
      throw ApiError.notAllowed();
    }
    JsonNode spec = Json.read(request.body()).path("spec");
    JsonNode asked = spec.path("resourceAttributes");
    boolean allowed =
        asked.isObject()
            ? accounts.may(account, deed(asked))
            : spec.path("nonResourceAttributes").path("verb").asText().equals("get");
    ObjectNode review = Json.object();
    review
        .put("kind", "SelfSubjectAccessReview")
        .put("apiVersion", "authorization.k8s.io/v1")
        .putObject("metadata")
        .putNull("creationTimestamp");
    review.set("spec", spec);
    ObjectNode status = review.putObject("status").put("allowed", allowed);
    if (allowed) {
      status.put("reason", "RBAC: allowed by ClusterRoleBinding of " + account.user());
    }
    return Answer.json(201, Json.text(review));
  }

  private static Deed deed(JsonNode asked) {
    return new Deed(
        asked.path("verb").asText(),
        asked.path("group").asText(),
        asked.path("resource").asText(),
        asked.path("subresource").asText(),
        asked.path("namespace").asText(),
        asked.path("name").asText());
  }
}
