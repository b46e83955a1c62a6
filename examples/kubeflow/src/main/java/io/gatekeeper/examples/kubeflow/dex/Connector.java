package io.gatekeeper.examples.kubeflow.dex;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where Dex lets people sign in, such as a directory.
 *
 * @param id its name in URLs
 * @param name its name for people
 * @param type one of Dex's
 * @param config what that type needs to know, with its secrets, as it was given
 */
public record Connector(String id, String name, String type, ObjectNode config) {
  @Override
  public String toString() {
    return "Connector[id=" + id + ", name=" + name + ", type=" + type + ", config=***]";
  }
}
