package io.gatekeeper.testing;

/** A profile of the OpenID Foundation's conformance suite, and the test that walks its modules. */
enum Profile {
  BASIC("Basic RP", "oidcc-client-basic-certification-test-plan", 14, "BasicProfileTest"),
  CONFIG("Config RP", "oidcc-client-config-certification-test-plan", 6, "ConfigProfileTest"),
  RP_INITIATED(
      "RP-Initiated Logout RP",
      "oidcc-client-rp-initiated-logout-rp-basic",
      3,
      "RpInitiatedProfileTest"),
  BACK_CHANNEL(
      "Back-Channel Logout RP",
      "oidcc-client-back-channel-logout-rp-basic",
      8,
      "BackChannelProfileTest"),
  REFRESH("Refresh Token RP", "oidcc-client-refreshtoken-test-plan", 3, "RefreshProfileTest");

  private final String title;
  private final String plan;
  private final int size;
  private final String test;

  Profile(String title, String plan, int size, String test) {
    this.title = title;
    this.plan = plan;
    this.size = size;
    this.test = test;
  }

  String title() {
    return title;
  }

  /** The suite's name of it. */
  String plan() {
    return plan;
  }

  /** How many modules the suite has for it. */
  int size() {
    return size;
  }

  /** The simple name of the class that walks them. */
  String test() {
    return test;
  }
}
