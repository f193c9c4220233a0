package io.muster.simulator.openstack.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Image;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The image service, version 2. */
public final class Glance {
  private static final List<String> VERSIONS =
      List.of("v2.15", "v2.9", "v2.7", "v2.6", "v2.5", "v2.4", "v2.3", "v2.2", "v2.1", "v2.0");

  /** Glance's default limit_param_default. */
  private static final int DEFAULT_PAGE = 25;

  /** Glance's default api_limit_max. */
  private static final int MOST = 1000;

  private static final String PATH = "/v2/images";

  private final Cloud cloud;

  public Glance(Cloud cloud) {
    this.cloud = cloud;
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", call -> Reply.of(300, versions(call))),
        Route.open("GET", "/versions", call -> Reply.ok(versions(call))),
        Route.user("GET", PATH, this::list),
        Route.user("GET", PATH + "/{image}", this::show),
        Route.user("DELETE", PATH + "/{image}", this::delete));
  }

  private static ObjectNode versions(Call call) {
    ArrayNode rows = Nodes.array();
    for (String version : VERSIONS) {
      ObjectNode row =
          rows.addObject()
              .put("id", version)
              .put("status", rows.size() == 1 ? "CURRENT" : "SUPPORTED");
      row.putArray("links").add(Nodes.link("self", call.base() + "/image/v2/"));
    }
    return Nodes.object().set("versions", rows);
  }

  private boolean isVisible(Call call, Image image) {
    return image.isPublic()
        || call.isAdmin()
        || image.ownerProject().equals(call.token().project());
  }

  private Reply list(Call call) {
    List<Image> all =
        cloud.images().stream()
            .filter(image -> isVisible(call, image) && isWanted(call, image))
            .sorted(Comparator.comparing(Image::created).thenComparing(Image::id).reversed())
            .toList();
    boolean limited = call.query("limit") != null;
    Paging<Image> page = Paging.of(call, all, Image::id, limited ? MOST : DEFAULT_PAGE);
    ArrayNode rows = Nodes.array();
    page.rows().forEach(image -> rows.add(view(image)));
    ObjectNode body = Nodes.object();
    body.set("images", rows);
    String query = limited ? "?limit=" + call.query("limit") : "";
    body.put("first", PATH + query).put("schema", "/v2/schemas/images");
    String next = page.next();
    if (next != null) {
      body.put("next", PATH + Paging.query(call, next));
    }
    return Reply.ok(body);
  }

  private static boolean isWanted(Call call, Image image) {
    String name = call.query("name");
    String status = call.query("status");
    String visibility = call.query("visibility");
    String id = call.query("id");
    String owner = call.query("owner");
    return (name == null || name.equals(image.name()))
        && (status == null || status.equals(image.status()))
        && (visibility == null
            || visibility.equals("all")
            || visibility.equals(image.isPublic() ? "public" : "private"))
        && (owner == null || owner.equals(image.ownerProject()))
        && (id == null || isAmong(id, image.id()));
  }

  /** {@code in:a,b} or one id. */
  private static boolean isAmong(String wanted, String id) {
    return wanted.startsWith("in:")
        ? List.of(wanted.substring(3).split(",", -1)).contains(id)
        : wanted.equals(id);
  }

  private Image image(Call call) {
    String id = call.in("image");
    Image image = cloud.image(id);
    if (image == null || !isVisible(call, image)) {
      throw new Refusal(404, "No image found with ID " + id);
    }
    return image;
  }

  private Reply show(Call call) {
    return Reply.ok(view(image(call)));
  }

  private Reply delete(Call call) {
    Image image = image(call);
    if (!call.isAdmin() && !image.ownerProject().equals(call.token().project())) {
      throw new Refusal(403, "You are not authorized to complete delete_image action.");
    }
    cloud.delete(image);
    return Reply.empty(204);
  }

  private static ObjectNode view(Image image) {
    Long bytes = image.bytes();
    ObjectNode row = Nodes.object();
    image.properties().forEach(row::put);
    row.put("name", image.name())
        .put("disk_format", bytes == null ? null : "qcow2")
        .put("container_format", bytes == null ? null : "bare")
        .put("visibility", image.isPublic() ? "public" : "private")
        .put("size", bytes)
        .put("virtual_size", bytes)
        .put("status", image.status())
        .put("checksum", bytes == null ? null : digest("MD5", image))
        .put("protected", false)
        .put("min_ram", 64)
        .put("min_disk", image.minDiskGb())
        .put("owner", image.ownerProject())
        .put("os_hidden", false)
        .put("os_hash_algo", bytes == null ? null : "sha512")
        .put("os_hash_value", bytes == null ? null : digest("SHA-512", image))
        .put("id", image.id())
        .put("created_at", Nodes.seconds(image.created()))
        .put("updated_at", Nodes.seconds(image.updated()));
    row.putArray("tags");
    String self = PATH + "/" + image.id();
    return row.put("self", self).put("file", self + "/file").put("schema", "/v2/schemas/image");
  }

  /** There is no content: its id stands for it. */
  private static String digest(String algorithm, Image image) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm)
                  .digest(image.id().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }
}
