package dev.gimbal.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The document as a whole; [DescribedApi] fills in the words when it is first asked for.
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {

    @Bean
    OpenAPI openApi() {
        Components schemes =
                new Components()
                        .addSecuritySchemes("key", scheme("bearer", "An API key as it is."))
                        .addSecuritySchemes(
                                "password", scheme("basic", "An API key as password, any name."))
                        .addSecuritySchemes(
                                "token",
                                scheme(
                                                "bearer",
                                                "An access token of the issuer that the operator named (OAuth2, OpenID Connect).")
                                        .bearerFormat("JWT"));
        return new OpenAPI()
                .info(new Info().title("Gimbal").version("v1"))
                .servers(List.of(new Server().url("/").description("this service")))
                .components(schemes)
                // any of them; the empty one stands for loopback, where no key is needed
                .security(
                        List.of(
                                new SecurityRequirement().addList("key"),
                                new SecurityRequirement().addList("password"),
                                new SecurityRequirement().addList("token"),
                                new SecurityRequirement()));
    }

    @Bean
    GlobalOpenApiCustomizer describedApi() {
        return document -> new DescribedApi(Reference.load(), document).describe();
    }

    private static SecurityScheme scheme(String name, String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme(name)
                .description(description);
    }
}
