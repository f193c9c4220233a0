package io.muster.simulator.proxmox.access;

import io.muster.simulator.proxmox.schema.Release;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The roles that come with a release, each with its privileges ({@code GET /access/roles}). */
final class Roles {
  static final String ADMINISTRATOR = "Administrator";
  static final String NO_ACCESS = "NoAccess";

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "PVEVM",
              Set.of(),
              Set.of(
                  "VM.Config.Disk",
                  "VM.Config.CPU",
                  "VM.Config.Memory",
                  "VM.Config.Network",
                  "VM.Config.HWType",
                  "VM.Config.Options",
                  "VM.Allocate",
                  "VM.Clone",
                  "VM.Migrate",
                  "VM.Snapshot",
                  "VM.Snapshot.Rollback"),
              Set.of(
                  "VM.Config.CDROM",
                  "VM.Config.Cloudinit",
                  "VM.Backup",
                  "VM.Console",
                  "VM.PowerMgmt"),
              Set.of("VM.Audit")),
          new Group(
              "PVESys",
              Set.of("Sys.PowerMgmt", "Sys.Modify", "Sys.Incoming", "Sys.AccessNetwork"),
              Set.of("Sys.Console", "Sys.Syslog"),
              Set.of(),
              Set.of("Sys.Audit")),
          new Group(
              "PVEDatastore",
              Set.of(),
              Set.of("Datastore.Allocate", "Datastore.AllocateTemplate"),
              Set.of("Datastore.AllocateSpace"),
              Set.of("Datastore.Audit")),
          new Group(
              "PVESDN", Set.of(), Set.of("SDN.Allocate"), Set.of("SDN.Use"), Set.of("SDN.Audit")),
          new Group(
              "PVEUser",
              Set.of("Realm.Allocate"),
              Set.of("User.Modify", "Group.Allocate", "Realm.AllocateUser"),
              Set.of(),
              Set.of()),
          new Group("PVEPool", Set.of(), Set.of("Pool.Allocate"), Set.of(), Set.of("Pool.Audit")),
          new Group(
              "PVEMapping",
              Set.of(),
              Set.of("Mapping.Modify"),
              Set.of("Mapping.Use"),
              Set.of("Mapping.Audit")));

  private Roles() {}

  /** Role name to privileges. */
  static Map<String, Set<String>> of(Release release) {
    Map<String, Set<String>> roles = new HashMap<>();
    Set<String> everything = new TreeSet<>(Set.of("Permissions.Modify"));
    Set<String> admin = new TreeSet<>();
    Set<String> auditor = new TreeSet<>();
    for (Group plain : GROUPS) {
      Group group = plain.name().equals("PVEVM") ? plain.with(release) : plain;
      everything.addAll(union(group.root(), group.admin(), group.user(), group.audit()));
      admin.addAll(union(group.admin(), group.user(), group.audit()));
      auditor.addAll(group.audit());
      roles.put(group.name() + "Admin", union(group.admin(), group.user(), group.audit()));
      if (!group.user().isEmpty() || group.name().equals("PVEPool")) {
        roles.put(group.name() + "User", union(group.user(), group.audit()));
      }
    }
    roles.put(ADMINISTRATOR, everything);
    roles.put("PVEAdmin", admin);
    roles.put("PVEAuditor", auditor);
    roles.put("PVEMappingAuditor", Set.of("Mapping.Audit"));
    roles.put("PVETemplateUser", Set.of("VM.Clone", "VM.Audit"));
    roles.put(NO_ACCESS, Set.of());
    roles.replaceAll((name, privileges) -> Set.copyOf(privileges));
    return Map.copyOf(roles);
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> all = new TreeSet<>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return all;
  }

  /** Privileges of one kind of object, from those for root alone down to those for looking. */
  private record Group(
      String name, Set<String> root, Set<String> admin, Set<String> user, Set<String> audit) {

    /** Release 9 split {@code VM.Monitor} into the privileges of the guest agent. */
    Group with(Release release) {
      if (release.major() < 9) {
        return new Group(name, root, union(admin, Set.of("VM.Monitor")), user, audit);
      }
      return new Group(
          name,
          root,
          union(
              admin,
              Set.of(
                  "VM.GuestAgent.FileRead",
                  "VM.GuestAgent.FileWrite",
                  "VM.GuestAgent.FileSystemMgmt",
                  "VM.GuestAgent.Unrestricted",
                  "VM.Replicate")),
          user,
          union(audit, Set.of("VM.GuestAgent.Audit")));
    }
  }
}
