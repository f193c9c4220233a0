"""Uses the simulator as a script of a Proxmox user would, with an unmodified proxmoxer.

Arguments: host, port, file of the authority, token's user, token's name, token's value, password of
root@pam. Prints one line for each thing that worked; ends with 1 and a stack trace at the first that did not.
"""

import sys
import time

from proxmoxer import ProxmoxAPI

host, port, authority, user, token_name, token_value, password = sys.argv[1:]


def by_token():
    return ProxmoxAPI(
        host,
        port=int(port),
        user=user,
        token_name=token_name,
        token_value=token_value,
        verify_ssl=authority,
    )


def by_password():
    return ProxmoxAPI(
        host, port=int(port), user="root@pam", password=password, verify_ssl=authority
    )


def expect(what, found, wanted):
    if found != wanted:
        raise AssertionError("%s is %r, expected %r" % (what, found, wanted))


def ends_well(api, node, upid):
    """Waits for a task as every client has to: a UPID alone says nothing."""
    for _ in range(600):
        status = api.nodes(node).tasks(upid).status.get()
        if status["status"] == "stopped":
            expect("exit status of " + upid, status["exitstatus"], "OK")
            return
        time.sleep(0.1)
    raise AssertionError("not over after a minute: " + upid)


def main(name, api):
    version = api.version.get()
    print(name, "version", version["version"])

    nodes = api.nodes.get()
    online = sorted(node["node"] for node in nodes if node["status"] == "online")
    expect("number of nodes", len(online), 2)
    print(name, "nodes", *online)

    listed = []
    for node in online:
        for vm in api.nodes(node).qemu.get():
            listed.append(("qemu", int(vm["vmid"]), node, vm["status"]))
        for container in api.nodes(node).lxc.get():
            listed.append(("lxc", int(container["vmid"]), node, container["status"]))
    resources = api.cluster.resources.get(type="vm")
    expect(
        "guests of /cluster/resources",
        sorted((row["type"], row["vmid"], row["node"]) for row in resources),
        sorted(guest[:3] for guest in listed),
    )
    print(name, "guests", len(listed))

    kind, vmid, node, status = next(
        guest for guest in sorted(listed) if guest[0] == "qemu" and guest[3] == "running"
    )
    vm = api.nodes(node).qemu(vmid)
    ends_well(api, node, vm.status.stop.post())
    expect("status after stop", vm.status.current.get()["status"], "stopped")
    print(name, "stop", vmid)
    ends_well(api, node, vm.status.start.post())
    expect("status after start", vm.status.current.get()["status"], "running")
    print(name, "start", vmid)

    ends_well(api, node, vm.snapshot.post(snapname="before-update", description="a b & ä"))
    snapshots = {row["name"]: row for row in vm.snapshot.get()}
    expect("names of snapshots", sorted(snapshots), ["before-update", "current"])
    expect("description", snapshots["before-update"]["description"].strip(), "a b & ä")
    print(name, "snapshot", vmid)
    ends_well(api, node, vm.snapshot("before-update").delete())
    expect("names of snapshots", [row["name"] for row in vm.snapshot.get()], ["current"])
    print(name, "delsnapshot", vmid)

    try:
        api.nodes(node).qemu(999999).status.current.get()
    except Exception as refusal:
        expect("status of a missing VM", getattr(refusal, "status_code", refusal), 500)
    else:
        raise AssertionError("a missing VM has a status")
    print(name, "missing")


main("token", by_token())
main("password", by_password())
