package io.muster.control.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.caller.Role;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmActionsTest {
  private static String allowed(Role role, VmType type, VmStatus status, @Nullable String lock) {
    return VmActions.of(role, type, status, lock, false).stream()
        .map(VmAction::label)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          QEMU       | RUNNING   | shutdown stop reboot reset suspend
          QEMU       | STOPPED   | start
          QEMU       | PAUSED    | stop reset resume
          QEMU       | UNKNOWN   | ''
          LXC        | RUNNING   | shutdown stop reboot
          LXC        | STOPPED   | start
          INSTANCE   | RUNNING   | shutdown stop reboot reset suspend pause
          INSTANCE   | PAUSED    | reset unpause
          INSTANCE   | FAILED    | stop reset
          POD        | FAILED    | delete
          POD        | SUCCEEDED | delete
          DEPLOYMENT | RUNNING   | restart scale
          DEPLOYMENT | REMOVED   | ''
          """)
  void operator_mayWhatTheStateAllows(VmType type, VmStatus status, String actions) {
    assertThat(allowed(Role.OPERATOR, type, status, null)).isEqualTo(actions);
    assertThat(allowed(Role.ADMIN, type, status, null)).isEqualTo(actions);
    assertThat(allowed(Role.VIEWER, type, status, null)).isEmpty();
  }

  @Test
  void vmThatIsLocked_isLeftAloneUnlessItsMemoryIsOnDisk() {
    assertThat(allowed(Role.ADMIN, VmType.QEMU, VmStatus.RUNNING, "backup")).isEmpty();
    assertThat(allowed(Role.ADMIN, VmType.QEMU, VmStatus.SUSPENDED, "suspended"))
        .isEqualTo("resume");
  }

  @Test
  void templateAndWhatIsOfNoKnownType_haveNoActions() {
    assertThat(VmActions.of(Role.ADMIN, VmType.QEMU, VmStatus.STOPPED, null, true)).isEmpty();
    assertThat(VmActions.of(Role.ADMIN, VmType.of("zone"), VmStatus.of("running"), null, false))
        .isEqualTo(List.of());
  }
}
