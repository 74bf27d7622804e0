import { randomNonce, randomPKCECodeVerifier, randomState } from "openid-client";

/** What a relying party keeps of a request while somebody is away at the tenant, and compares the answer with. */
export const newChecks = () => ({
  pkceCodeVerifier: randomPKCECodeVerifier(),
  expectedState: randomState(),
  expectedNonce: randomNonce(),
});
