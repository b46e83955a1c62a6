package com.example.suggestions;

import io.gatekeeper.servlet.GatekeeperFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Who may do what. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityRules {
  @Bean
  SecurityFilterChain rules(HttpSecurity http) {
    return http.authorizeHttpRequests(
            requests ->
                requests.requestMatchers("/review").hasRole("editors").anyRequest().authenticated())
        .jee(container -> container.mappableAuthorities("editors"))
        .build();
  }

  @Bean
  @ConfigurationProperties("request-id")
  FilterRegistrationBean<RequestId> requestId() {
    return first(new RequestId());
  }

  @Bean
  @ConfigurationProperties("gatekeeper")
  FilterRegistrationBean<GatekeeperFilter> gatekeeper() {
    return first(new GatekeeperFilter());
  }

  private static <T extends Filter> FilterRegistrationBean<T> first(T filter) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }
}
