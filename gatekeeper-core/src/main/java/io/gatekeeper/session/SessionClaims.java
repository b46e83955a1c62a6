package io.gatekeeper.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.session.SessionTokens.NewSession;
import io.gatekeeper.session.SessionTokens.Verification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session's claims as JSON and back. Written by us and read only below a good MAC; a claim that
 * this release does not know is skipped, so that a newer release's token opens here too.
 */
final class SessionClaims {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // What Jackson keeps with a container's thread outlives an application that is taken
          // away.
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .build();
  private final String issuer;
  private final String audience;

  SessionClaims(String issuer, String audience) {
    this.issuer = issuer;
    this.audience = audience;
  }

  /** When a token was issued, and what it says of its session's times. */
  record Times(
      Instant issued, Instant started, Instant end, Instant expires, @Nullable Instant due) {}

  byte[] write(NewSession session, Times times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      Identity identity = session.identity();
      json.writeStringField("iss", issuer);
      json.writeStringField("aud", audience);
      json.writeStringField("sub", identity.subject());
      json.writeStringField("sid", session.id());
      json.writeNumberField("iat", times.issued().getEpochSecond());
      json.writeNumberField("exp", times.expires().getEpochSecond());
      json.writeNumberField("started", times.started().getEpochSecond());
      json.writeNumberField("end", times.end().getEpochSecond());
      if (times.due() != null) {
        json.writeNumberField("due", times.due().getEpochSecond());
      }
      if (session.authTime() != null) {
        json.writeNumberField("auth_time", session.authTime().getEpochSecond());
      }
      json.writeStringField("idp", identity.issuer());
      write(json, "idp_sid", session.providerSession());
      if (session.issued() != null
          && session.issued().getEpochSecond() != times.started().getEpochSecond()) {
        json.writeNumberField("idp_iat", session.issued().getEpochSecond());
      }
      json.writeStringField("login", session.login());
      write(json, identity);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** The profile; what can be told from another claim is left out. */
  private static void write(JsonGenerator json, Identity identity) throws IOException {
    if (!identity.user().equals(identity.subject())) {
      json.writeStringField("user", identity.user());
    }
    write(json, "name", identity.name());
    write(json, "email", identity.email());
    if (identity.email() != null) {
      json.writeBooleanField("email_verified", identity.emailVerified());
    }
    write(json, "preferred_username", identity.preferredUsername());
    if (!identity.groups().isEmpty()) {
      write(json, "groups", identity.groups());
    }
    if (!identity.roles().equals(identity.groups())) {
      write(json, "roles", identity.roles());
    }
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void write(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeFieldName(name);
    json.writeStartArray();
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  Verification read(byte[] payload, Instant now) {
    try (JsonParser json = JSON.createParser(payload)) {
      Draft draft = new Draft();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new Verification.Refused(Rejection.SESSION_MALFORMED);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        draft.read(json, json.currentName());
      }
      return draft.finish(now);
    } catch (IOException e) {
      return new Verification.Refused(Rejection.SESSION_MALFORMED);
    }
  }

  /** The claims as they come, until all are there. */
  private final class Draft {
    private @Nullable String iss;
    private @Nullable String aud;
    private @Nullable String sub;
    private @Nullable String sid;
    private @Nullable String idp;
    private @Nullable String idpSid;
    private @Nullable String login;
    private @Nullable String user;
    private @Nullable String name;
    private @Nullable String email;
    private @Nullable String preferredUsername;
    private boolean emailVerified;
    private List<String> groups = List.of();
    private @Nullable List<String> roles;
    private @Nullable Instant started;
    private @Nullable Instant end;
    private @Nullable Instant exp;
    private @Nullable Instant authTime;
    private @Nullable Instant issued;
    private @Nullable Instant due;

    void read(JsonParser json, String claim) throws IOException {
      json.nextToken();
      switch (claim) {
        case "iss" -> iss = json.getValueAsString();
        case "aud" -> aud = json.getValueAsString();
        case "sub" -> sub = json.getValueAsString();
        case "sid" -> sid = json.getValueAsString();
        case "idp" -> idp = json.getValueAsString();
        case "idp_sid" -> idpSid = json.getValueAsString();
        case "login" -> login = json.getValueAsString();
        case "user" -> user = json.getValueAsString();
        case "name" -> name = json.getValueAsString();
        case "email" -> email = json.getValueAsString();
        case "preferred_username" -> preferredUsername = json.getValueAsString();
        case "email_verified" -> emailVerified = json.getValueAsBoolean();
        case "groups" -> groups = texts(json);
        case "roles" -> roles = texts(json);
        case "started" -> started = Instant.ofEpochSecond(json.getValueAsLong());
        case "end" -> end = Instant.ofEpochSecond(json.getValueAsLong());
        case "exp" -> exp = Instant.ofEpochSecond(json.getValueAsLong());
        case "due" -> due = Instant.ofEpochSecond(json.getValueAsLong());
        case "idp_iat" -> issued = Instant.ofEpochSecond(json.getValueAsLong());
        case "auth_time" -> authTime = Instant.ofEpochSecond(json.getValueAsLong());
        default -> json.skipChildren();
      }
    }

    private static List<String> texts(JsonParser json) throws IOException {
      List<String> texts = new ArrayList<>();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(json.getText());
      }
      return texts;
    }

    Verification finish(Instant now) {
      if (sub == null
          || sid == null
          || idp == null
          || login == null
          || started == null
          || end == null
          || exp == null) {
        return new Verification.Refused(Rejection.SESSION_MALFORMED);
      }
      if (!issuer.equals(iss)) {
        return new Verification.Refused(Rejection.SESSION_ISSUER);
      }
      if (!audience.equals(aud)) {
        return new Verification.Refused(Rejection.SESSION_AUDIENCE);
      }
      if (!now.isBefore(exp) || !now.isBefore(end)) {
        return new Verification.Refused(Rejection.SESSION_EXPIRED);
      }
      Identity identity =
          new Identity(
              user == null ? sub : user,
              idp,
              sub,
              name,
              email,
              emailVerified,
              preferredUsername,
              groups,
              roles == null ? groups : roles);
      return new Verification.Valid(
          new Session(
              sid,
              identity,
              login,
              started,
              end,
              exp,
              authTime,
              idpSid,
              issued == null ? started : issued,
              due));
    }
  }
}
