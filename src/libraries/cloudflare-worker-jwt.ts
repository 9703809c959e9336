import { payloadClaims } from "./shared.ts";
import type { Checks, Entity, Library, OptionModel } from "./types.ts";

/**
 * A failed `verify` resolves to `undefined` (to `false` up to 2.x) and rejects only with
 * `throwError`. One algorithm counts, HS256 unless told; a list under `algorithms` is not read. From
 * 3.0 `"none"` is taken at its word, key or no key. Claims are looked at before the signature.
 */
const options = {
  algorithm: { role: "algorithms" },
  algorithms: { role: "algorithms", ignored: { meant: "algorithm" } },
  clockTolerance: { role: "clockTolerance", grammar: "seconds" },
  throwError: { role: "throwOnFailure" },
  audience: neverChecked("audience"),
  issuer: neverChecked("issuer"),
} as const satisfies Record<string, OptionModel>;

function neverChecked(role: OptionModel["role"]): OptionModel {
  return { role, ignored: { why: "No release checks this claim." } };
}

const checks: Checks = {
  algorithms: "fixed",
  expiration: "if-present",
  audience: "never",
  issuer: "never",
  none: "when-listed",
  confusion: "never",
  emptyKey: "refused",
  missingKey: "refused",
};

const verify: Entity = {
  kind: "verify",
  parameters: { token: "0", key: "1", options: "2", algorithm: "2" },
  options,
  failure: "returns-undefined",
  promise: true,
  claimsAt: "payload",
  headerAt: "header",
  checks,
  variants: [
    {
      versions: "<3",
      entity: { failure: "returns-false", checks: { ...checks, none: "never" } },
    },
  ],
};

export const cloudflareWorkerJwt: Library = {
  name: "@tsndr/cloudflare-worker-jwt",
  current: "3.2.3",
  verified: ["2.5.4", "3.2.3"],
  modules: [{ specifier: "@tsndr/cloudflare-worker-jwt", default: "" }],
  entities: {
    verify,
    sign: {
      kind: "sign",
      parameters: { payload: "0", key: "1", options: "2", algorithm: "2" },
      options: {
        algorithm: { role: "algorithm" },
        header: { role: "header" },
        expiresIn: {
          role: "lifetime",
          ignored: { why: "A lifetime is the exp claim of the payload." },
        },
      },
      claims: payloadClaims,
      adds: ["issuedAt"],
      grammar: "epoch-seconds",
      defaultAlgorithm: "HS256",
      promise: true,
      failure: "rejects",
    },
    decode: { kind: "decode", parameters: { token: "0" }, claimsAt: "payload", failure: "throws" },
  },
};
