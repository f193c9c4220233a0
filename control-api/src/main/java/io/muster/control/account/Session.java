package io.muster.control.account;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.caller.Role;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A login, as it is answered.
 *
 * @param expiresIn seconds that the access token is good for
 * @param passwordChangeRequired nothing but {@code PUT /me/password} is allowed before
 */
@Serdeable
record Session(
    @Schema(example = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJtdXN0ZXIifQ.c2lnbmF0dXJl")
        String accessToken,
    @Schema(example = "mrt_0nlyAnExample0nlyAnExample0nlyAnExample0nl") String refreshToken,
    @Schema(example = "900") long expiresIn,
    Role role,
    @Schema(example = "default") String tenant,
    @Schema(example = "false") boolean passwordChangeRequired) {}
