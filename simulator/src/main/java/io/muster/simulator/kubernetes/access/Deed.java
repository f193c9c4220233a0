package io.muster.simulator.kubernetes.access;

/**
 * What somebody wants to do.
 *
 * @param namespace empty: in the whole cluster
 * @param name empty: of all
 */
public record Deed(
    String verb, String group, String resource, String subresource, String namespace, String name) {

  /** Such as {@code pods} and {@code pods/exec}. */
  public String fullResource() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }

  /** As the API server says it in a refusal. */
  public String refusal(String user) {
    String where =
        namespace.isEmpty() || resource.equals("namespaces")
            ? "at the cluster scope"
            : "in the namespace \"" + namespace + "\"";
    String what = group.isEmpty() ? resource : resource + "." + group;
    return "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
        .formatted(
            what,
            name.isEmpty() ? "" : " \"" + name + "\"",
            user,
            verb,
            fullResource(),
            group,
            where);
  }
}
