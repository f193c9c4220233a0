package io.muster.control.server;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the body that holds a server: its keys are those of the inventory file. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@RequestBody(
    required = true,
    content =
        @Content(
            mediaType = "application/json",
            schema = @Schema(type = "object"),
            examples = {
              @ExampleObject(
                  name = "proxmox",
                  value =
                      """
                      {"name": "pve-1", "host": "pve-1.example.org", "tokenId": "muster@pve!monitor",\
                       "tokenSecret": "11111111-2222-4333-8444-555555555555", "tags": ["berlin"]}\
                      """),
              @ExampleObject(
                  name = "kubernetes",
                  value =
                      """
                      {"name": "k8s-1", "provider": "kubernetes", "url": "https://k8s.example.org:6443",\
                       "token": "eyJ…"}\
                      """),
              @ExampleObject(
                  name = "openstack",
                  value =
                      """
                      {"name": "cloud-1", "provider": "openstack", "region": "RegionOne",\
                       "authUrl": "https://cloud.example.org:5000/v3",\
                       "applicationCredentialId": "8f14…", "applicationCredentialSecret": "…"}\
                      """)
            }))
@interface ServerBody {}
