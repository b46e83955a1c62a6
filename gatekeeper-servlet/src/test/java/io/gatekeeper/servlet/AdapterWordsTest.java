package io.gatekeeper.servlet;

import io.gatekeeper.testing.AdapterWordsContract;

class AdapterWordsTest extends AdapterWordsContract {}
