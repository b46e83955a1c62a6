package io.gatekeeper.interop;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a gateway has to show with a provider. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.gatekeeper.interop.Chosen#gateways")
abstract class Journeys extends FaultJourneys {}
