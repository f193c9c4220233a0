package io.muster.control.openapi;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

/** The head of the OpenAPI file. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Muster control API",
            version = "1",
            description =
                "Inventory, accounts and audit. Send `Authorization: Bearer` with the access token of"
                    + " `POST /api/v1/login` or with an API token (`mst_…`). Lists come in pages"
                    + " (`page` from 0, `size` up to 1000); errors are `application/problem+json`.",
            license = @License(name = "Apache-2.0")),
    security = @SecurityRequirement(name = "token"))
@SecurityScheme(
    name = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "access token or API token")
final class ApiDescription {
  private ApiDescription() {}
}
