import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { keyMaterials } from "../analysis/keys/keys.ts";
import { kidSinks } from "../analysis/keys/kid-sinks.ts";
import { keysSaidByClient } from "../analysis/keys/said-keys.ts";
import type { SaidKey } from "../analysis/keys/said-keys.ts";
import { chosenClaims } from "../analysis/keys/token-keys.ts";
import type { ChosenClaims } from "../analysis/keys/token-keys.ts";
import { handmadeSignatures } from "../analysis/operations/handmade-signature.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { Node } from "../analysis/syntax.ts";
import { looseTestOf } from "../analysis/trust/address-tests.ts";
import { isCheckedClaim } from "../analysis/trust/guards.ts";
import { madeOf, possibilities, stringOf, truthiness } from "../analysis/values/value.ts";
import type { ClaimsValue, Value } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "requestKey"
  | "headerKey"
  | "claimedIssuer"
  | "looselyTested"
  | "embeddedKey"
  | "kidInPath"
  | "kidInQuery"
  | "kidInCommand";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-untrusted-key",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow keys that come with a request or with the token that they check",
      group: "keys",
      recommended: "recommended",
      messages: {
        requestKey: "critical",
        headerKey: "critical",
        claimedIssuer: "critical",
        looselyTested: "critical",
        embeddedKey: "critical",
        kidInPath: "high",
        kidInQuery: "high",
        kidInCommand: "critical",
      },
      cwe: ["CWE-347", "CWE-346", "CWE-22", "CWE-89", "CWE-78"],
      rfc: ["RFC 8725 section 3.8", "RFC 8725 section 3.10", "RFC 7515 section 6"],
      inTests: "off",
    },
    messages: {
      requestKey:
        "The key is {{name}}, which the request brings, so whoever knows it or makes it up has tokens that are valid. Take a key that only the server has.{{origin}}",
      headerKey:
        "The key comes from the {{field}} of the token that it checks, so whoever writes a token brings the key along. Take keys from a set that the program trusts.{{origin}}",
      claimedIssuer:
        "Keys are fetched from the address in the {{field}} of a token that nobody has verified, so whoever writes a token names their own server. Compare {{field}} with a list of trusted issuers first.{{origin}}",
      looselyTested:
        "Keys are fetched from the address in the {{field}} of a token that nobody has verified, and {{test}}() lets the addresses of other servers pass, too. Compare {{field}} as a whole with those of trusted issuers.{{origin}}",
      embeddedKey:
        "{{name}} checks a token with the key that the token itself carries, so everybody can write a valid one. Take keys from a set that the program trusts.{{origin}}",
      kidInPath:
        "The kid of a token that nobody has verified becomes part of a file path, so whoever writes a token picks the file that serves as the key. Look the kid up among known keys.{{origin}}",
      kidInQuery:
        "The kid of a token that nobody has verified becomes part of a query, so whoever writes a token can change the query. Hand it over as a parameter.{{origin}}",
      kidInCommand:
        "The kid of a token that nobody has verified becomes part of a command, so whoever writes a token can run programs. Look the kid up among known keys.{{origin}}",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const { core } = analysis;
        const isFirst = oncePerNode();
        const comparesIssuer = analysis.operations.some((one) => knowsIssuer(one));
        for (const operation of [...setsFirst(analysis.operations), ...checkedByHand(analysis)]) {
          for (const setting of operation.settings("embeddedKey")) {
            if (truthiness(setting.value) === true) {
              reportEmbedded(operation, setting.node, setting.name);
            }
          }
          for (const key of keysSaidByClient(core, operation)) reportSaid(operation, key);
          if (!takesKey(analysis, operation)) continue;
          for (const [node, value] of keyValues(operation)) {
            if (isEmbedded(value)) reportEmbedded(operation, node, "EmbeddedJWK");
            for (const claims of new Set(materialValues(analysis, value).flatMap(chosenClaims)))
              report(claims, node);
          }
        }
        // Without an operation nobody reads a token.
        const sinks = analysis.operations.length === 0 ? [] : kidSinks(core);
        for (const { claims, kind, call } of sinks) {
          if (isCheckedClaim(core, claims)) continue;
          const { node, origin } = placeOf(analysis, readOf(claims) ?? call, call, context.cwd);
          if (isFirst(node)) context.report({ node, messageId: kind, data: { origin } });
        }

        function report({ claims, field, how }: ChosenClaims, effect: Node): void {
          if (how === "value" && isKeyProof(analysis)) return;
          if (field === "iss" && comparesIssuer) return;
          if (isCheckedClaim(core, claims) || isChecked(analysis, field)) return;
          // The key set and the verification that uses it are one finding.
          if (!isFirst(claims.node)) return;
          const { node, origin } = placeOf(analysis, readOf(claims) ?? effect, effect, context.cwd);
          const test = looseTestOf(core, claims);
          if (test === undefined) {
            const messageId = field === "iss" ? "claimedIssuer" : "headerKey";
            context.report({ node, messageId, data: { field, origin } });
          } else {
            context.report({ node, messageId: "looselyTested", data: { field, test, origin } });
          }
        }

        function reportSaid(operation: Operation, { node: said, name }: SaidKey): void {
          if (isKeyProof(analysis)) return;
          // What was taken out of a request before is shown where it serves as the key.
          const effect = operation.key?.node ?? operation.node;
          const cause = said.type === "Identifier" ? effect : said;
          const { node, origin } = placeOf(analysis, cause, effect, context.cwd);
          if (!isFirst(node)) return;
          context.report({ node, messageId: "requestKey", data: { name: named(name), origin } });
        }

        function reportEmbedded(operation: Operation, effect: Node, name: string): void {
          const type = operation.option("type");
          const isTyped =
            type.state === "unknown" ||
            (type.state === "set" && PROOF.test(stringOf(type.setting.value) ?? "dpop+jwt"));
          const { node, origin } = placeOf(analysis, effect, operation.node, context.cwd);
          if (isTyped || isKeyProof(analysis) || !isFirst(node)) return;
          context.report({ node, messageId: "embeddedKey", data: { name, origin } });
        }
      },
    };
  },
});

/** The expression that reads the claim; a destructuring is too far from what is done with it. */
function readOf({ node }: ClaimsValue): Node | undefined {
  return node.type === "MemberExpression" || node.type === "CallExpression" ? node : undefined;
}

/** `subtle.verify(…)` over the parts of a token, with a key that was imported before. */
function checkedByHand(analysis: Analysis): Operation[] {
  return handmadeSignatures(analysis).flatMap(({ kind, operation }) =>
    kind === "verifies" && operation !== undefined ? operation : [],
  );
}

/** What picks the key is named where the set is made rather than where it is used. */
function setsFirst(operations: readonly Operation[]): Operation[] {
  const isSet = ({ kind }: Operation): boolean => kind === "key-set";
  return [...operations.filter(isSet), ...operations.filter((one) => !isSet(one))];
}

const KEY_TAKERS: ReadonlySet<string> = new Set(["verify", "middleware", "strategy", "key-set"]);

function takesKey(analysis: Analysis, { kind, entity, node }: Operation): boolean {
  if (entity.restrictedBy === undefined) return KEY_TAKERS.has(kind);
  // A set that fetches the keys of known issuers alone is made of nothing.
  const set = analysis.evaluate(node);
  return set.type !== "key" || set.of !== undefined;
}

/** The token's issuer has to be one that the program names, wherever its keys were fetched. */
function knowsIssuer(operation: Operation): boolean {
  const issuer = operation.kind === "verify" ? operation.option("issuer") : undefined;
  return (
    issuer?.state === "set" &&
    !issuer.mayBeEmpty &&
    !madeOf(issuer.setting.value, (one) => one.type === "claims")
  );
}

function keyValues(operation: Operation): (readonly [Node, Value])[] {
  const settings = [...operation.settings("key"), ...operation.settings("jwksUri")];
  const { key } = operation;
  return [
    ...(key === undefined ? [] : [[key.node, key.value] as const]),
    ...settings.map((setting) => [setting.valueNode, setting.value] as const),
  ];
}

function materialValues(analysis: Analysis, value: Value): Value[] {
  return keyMaterials(analysis.core, value).map((material) => material.value);
}

function isEmbedded(value: Value): boolean {
  return possibilities(value).some(
    (one) =>
      (one.type === "key" && one.kind === "embedded") ||
      (one.type === "entity" && one.library.entities[one.path]?.kind === "embedded-key"),
  );
}

/** Token types that prove the possession of the key they carry (RFC 9449, OpenID4VCI, SD-JWT). */
const PROOF = /dpop|proof|^kb\+jwt$|entity-statement|^wallet|attestation/iu;

/**
 * Is the file about proofs of possession, or does it compare the key's thumbprint? There the key in
 * the header is the one to use, and trust comes from what it is compared with.
 */
function isKeyProof({ file }: Analysis): boolean {
  return /dpop|key-?proof|proof\+jwt|holder.?binding|kb\+jwt|\bcnf\b|\bjkt\b|calculateJwkThumbprint/iu.test(
    file.text,
  );
}

/** A chain of certificates is right where it ends in a root that the program knows. */
function isChecked({ file }: Analysis, field: string): boolean {
  return (
    (field === "x5c" || field === "x5u") &&
    /\.checkIssued\(|\bverify\w*Chain|Chain\w*\.verify|root_?ca|root_?cert|ca_?store|trust_?anchor|AppleRoot|\bca\b\s*[:=]/iu.test(
      file.text,
    )
  );
}

export default rule;
