/** Kubeflow's picture in one process. It runs on the class path. */
module io.gatekeeper.examples.kubeflow {
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires io.gatekeeper.core;
  requires io.gatekeeper.netty;
  requires org.apache.tomcat.embed.core;
  requires org.eclipse.jetty.client;
  requires org.eclipse.jetty.proxy;
  requires org.jspecify;
  requires spring.beans;
  requires spring.boot;
  requires spring.boot.autoconfigure;
  requires spring.boot.web.server;
  requires spring.context;
  requires spring.core;
  requires spring.security.config;
  requires spring.security.core;
  requires spring.security.crypto;
  requires spring.security.oauth2.authorization.server;
  requires spring.security.oauth2.core;
  requires spring.security.oauth2.jose;
  requires spring.security.web;
  requires spring.web;
  requires spring.webmvc;
}
