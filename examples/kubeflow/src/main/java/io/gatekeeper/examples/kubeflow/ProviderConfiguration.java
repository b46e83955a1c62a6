package io.gatekeeper.examples.kubeflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The provider's parts: its paths are Dex's. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ProviderConfiguration {
  private static final int SALT_BYTES = 16;
  private static final int ITERATIONS = 10_000;

  @Bean
  AuthorizationServerSettings authorizationServerSettings(Provider.Knowledge knowledge) {
    return AuthorizationServerSettings.builder()
        .issuer(knowledge.issuer())
        .authorizationEndpoint("/auth")
        .tokenEndpoint("/token")
        .jwkSetEndpoint("/keys")
        .oidcUserInfoEndpoint("/userinfo")
        .oidcLogoutEndpoint("/logout")
        .build();
  }

  @Bean
  RegisteredClientRepository clients(Provider.Knowledge knowledge, PasswordEncoder encoder) {
    List<RegisteredClient> clients =
        new ArrayList<>(Arrays.stream(Neighbour.values()).map(Neighbour::client).toList());
    clients.add(
        RegisteredClient.withId(UUID.randomUUID().toString())
            .clientId(knowledge.clientId())
            .clientSecret(encoder.encode(knowledge.clientSecret()))
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .redirectUri(knowledge.site() + "/gatekeeper/callback")
            .postLogoutRedirectUri(knowledge.afterLogout())
            .scopes(scopes -> scopes.addAll(PersonClaims.SCOPES))
            .clientSettings(
                ClientSettings.builder()
                    .requireProofKey(true)
                    .requireAuthorizationConsent(false)
                    .build())
            .build());
    return new InMemoryRegisteredClientRepository(clients);
  }

  @Bean
  UserDetailsService people(Provider.Knowledge knowledge, PasswordEncoder encoder) {
    return new InMemoryUserDetailsManager(
        User.withUsername(knowledge.username())
            .password(encoder.encode(knowledge.password()))
            .roles("PERSON")
            .build());
  }

  /** Unlike bcrypt, takes passwords of any length. */
  @Bean
  PasswordEncoder passwordEncoder() {
    return new Pbkdf2PasswordEncoder(
        "",
        SALT_BYTES,
        ITERATIONS,
        Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> claims() {
    return new PersonClaims();
  }

  @Bean
  @Order(1)
  SecurityFilterChain protocol(HttpSecurity http, LoginPage page, HintlessLogout hintless)
      throws Exception {
    return http.oauth2AuthorizationServer(
            server -> {
              http.securityMatcher(server.getEndpointsMatcher());
              server.oidc(
                  oidc -> oidc.logoutEndpoint(logout -> logout.errorResponseHandler(hintless)));
            })
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(page::begin))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain login(HttpSecurity http, LoginPage page) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/login", "/login.css", "/error")
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .formLogin(
            form ->
                form.loginPage("/login").successHandler(page::succeed).failureHandler(page::fail))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(page::begin).accessDeniedHandler(page::deny))
        .build();
  }

  @Bean
  LoginPage loginPage(Provider.Knowledge knowledge) {
    return new LoginPage(knowledge.site());
  }

  @Bean
  HintlessLogout hintlessLogout(Provider.Knowledge knowledge) {
    Set<String> landings = new HashSet<>();
    landings.add(knowledge.afterLogout());
    Arrays.stream(Neighbour.values()).map(Neighbour::afterLogout).forEach(landings::add);
    return new HintlessLogout(landings);
  }

  @Bean
  RouterFunction<ServerResponse> pages(LoginPage page) {
    return RouterFunctions.route().GET("/login", page::show).GET("/login.css", page::style).build();
  }
}
