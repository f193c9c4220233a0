package io.muster.control.vm;

import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;

/** Something that is done to a VM. */
@Serdeable
public enum VmAction {
  START,
  /** Asks the guest's system to end. */
  SHUTDOWN,
  /** Cuts its power. */
  STOP,
  REBOOT,
  /** Cuts its power and starts it. */
  RESET,
  SUSPEND,
  RESUME,
  /** OpenStack: its memory stays where it is. */
  PAUSE,
  UNPAUSE,
  /** Of a deployment: new pods, one after the other. */
  RESTART,
  /** Of a deployment: another number of pods. */
  SCALE,
  /** Of a pod. */
  DELETE;

  /** The word in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
