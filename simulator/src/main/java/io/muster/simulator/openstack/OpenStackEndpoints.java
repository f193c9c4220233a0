package io.muster.simulator.openstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.Accounts;
import io.muster.simulator.openstack.access.ApplicationCredential;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells other programs, in a file that only its owner can read, where a cloud is. */
public final class OpenStackEndpoints {
  private OpenStackEndpoints() {}

  /**
   * Writes what describes a cloud, and beside its data the authority's certificate.
   *
   * <p>Members: {@code provider}, {@code authUrl}, {@code region}, {@code caFile}, {@code admin},
   * {@code member} and {@code reader} ({@code username}, {@code password}, {@code userDomainName},
   * {@code projectName}, {@code projectId}, {@code projectDomainName}), {@code
   * applicationCredential} (the administrator's) and {@code memberApplicationCredential} ({@code
   * id}, {@code secret}), {@code control}.
   */
  public static void write(Path file, Path data, SimulatedOpenStack cloud, URI control)
      throws IOException {
    Path folder = data.toAbsolutePath();
    Path authority = folder.resolve("ca.pem");
    Files.createDirectories(folder);
    Files.writeString(authority, cloud.authorityPem());
    Accounts accounts = cloud.accounts();
    List<Project> projects = cloud.world().cloud().projects();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("provider", "openstack");
    content.put("authUrl", cloud.authUrl().toString());
    content.put("region", cloud.region());
    content.put("caFile", authority.toString());
    content.put("admin", login(accounts.admin(), projects.getFirst()));
    content.put("member", login(accounts.member(), projects.get(1)));
    content.put("reader", login(accounts.reader(), projects.get(1)));
    content.put("applicationCredential", credential(accounts.adminCredential()));
    content.put("memberApplicationCredential", credential(accounts.memberCredential()));
    content.put("control", control.toString());
    PrivateFile.write(
        file,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }

  private static Map<String, String> login(Account account, Project project) {
    Map<String, String> login = new LinkedHashMap<>();
    login.put("username", account.name());
    login.put("password", account.password());
    login.put("userDomainName", "Default");
    login.put("projectName", project.name());
    login.put("projectId", project.id());
    login.put("projectDomainName", "Default");
    return login;
  }

  private static Map<String, String> credential(ApplicationCredential credential) {
    Map<String, String> login = new LinkedHashMap<>();
    login.put("id", credential.id());
    login.put("secret", credential.secret());
    return login;
  }
}
