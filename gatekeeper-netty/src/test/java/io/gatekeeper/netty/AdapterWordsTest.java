package io.gatekeeper.netty;

import io.gatekeeper.testing.AdapterWordsContract;

class AdapterWordsTest extends AdapterWordsContract {}
