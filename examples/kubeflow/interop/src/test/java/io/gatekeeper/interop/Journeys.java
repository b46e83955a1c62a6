package io.gatekeeper.interop;

/** Everything that a gateway has to show with a provider. */
abstract class Journeys extends FaultJourneys {}
