import * as client from "openid-client";
import { describe, expect, it } from "vitest";
import { HOUR, OTHER_SECRET, hs256, now, outcome, rs256 } from "../kit/tokens.ts";

const issuer = "https://op.example";
const claims = { iss: issuer, aud: "me", sub: "user", iat: now, exp: now + HOUR };

function configuration(idToken: string): client.Configuration {
  const config = new client.Configuration(
    { issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
    "me",
    "secret",
  );
  config[client.customFetch] = async () =>
    Response.json({ access_token: "opaque", token_type: "bearer", id_token: idToken });
  return config;
}

const grant = (idToken: string) => () =>
  client.authorizationCodeGrant(
    configuration(idToken),
    new URL("https://rp.example/callback?code=1"),
    {
      idTokenExpected: true,
    },
  );

describe("openid-client", () => {
  it("rejects an ID token of another issuer, audience or time", async () => {
    expect(await outcome(grant(rs256(claims)))).toBe("accepted");
    expect(await outcome(grant(rs256({ ...claims, iss: "https://x.example" })))).toBe("refused");
    expect(await outcome(grant(rs256({ ...claims, aud: "other" })))).toBe("refused");
    expect(await outcome(grant(rs256({ ...claims, exp: now - HOUR })))).toBe("refused");
    expect(await outcome(grant(rs256({ ...claims, exp: undefined })))).toBe("refused");
  });

  it("takes the signature of an ID token from the token endpoint on trust", async () => {
    const forged = `${rs256(claims).split(".").slice(0, 2).join(".")}.${hs256({}, OTHER_SECRET).split(".")[2] ?? ""}`;
    expect(await outcome(grant(forged))).toBe("accepted");
  });
});
