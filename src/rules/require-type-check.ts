import { analyze } from "../analysis/analysis.ts";
import type { Core } from "../analysis/core.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { carriesOn, isOfRefresh, issuedWithKeyOf } from "../analysis/tokens/issued.ts";
import { areAlike, isMarked, KIND_CLAIMS } from "../analysis/tokens/kinds.ts";
import type { IssuedToken } from "../analysis/tokens/kinds.ts";
import { namedTwins } from "../analysis/tokens/named-makers.ts";
import { sessionTwins } from "../analysis/tokens/session-twins.ts";
import { twinTokens } from "../analysis/tokens/told-apart.ts";
import { readsClaim } from "../analysis/trust/claim-reads.ts";
import { isJustSigned } from "../analysis/trust/just-signed.ts";
import { isKeptForPurpose, isOnRecord } from "../analysis/data/recorded-tokens.ts";
import { isHandedOn, isLookedUp } from "../analysis/trust/looked-up.ts";
import { sessionKeyOfLink } from "../analysis/trust/session-key-links.ts";
import {
  comparesKeyName,
  isRefusedKind,
  refusesByOwnClaim,
} from "../analysis/trust/telling-claims.ts";
import { unreadMark } from "../analysis/trust/unread-marks.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { listed } from "./kit/mention.ts";

type MessageIds =
  "sameKey" | "unreadMark" | "sessionKey" | "signedAlike" | "opensSession" | "missing";
type Options = [{ always?: boolean }];

const rule: JwtRule = createRule<Options, MessageIds>({
  name: "require-type-check",
  meta: {
    type: "problem",
    docs: {
      description: "Require verification to tell kinds of tokens apart",
      group: "verification",
      recommended: "recommended",
      messages: {
        sameKey: "medium",
        unreadMark: "medium",
        sessionKey: "medium",
        signedAlike: "medium",
        opensSession: "medium",
        missing: "policy",
      },
      cwe: ["CWE-345", "CWE-287"],
      rfc: ["RFC 8725 section 3.11", "RFC 8725 section 3.12"],
      inTests: "off",
    },
    messages: {
      sameKey:
        "One key signs {{kinds}} tokens, and {{name}} does not tell them apart, so one is accepted where another is meant. Put the type into each token and compare it here, or use a key for each.",
      unreadMark:
        "{{name}} accepts tokens of another kind as well: nobody looks at {{claim}}, with which the tokens of this key are marked. Compare it here, or use a key for each kind.",
      sessionKey:
        "Whoever has the token of a session can set the password with it, and the link of the mail opens a session: by its name {{key}} signs both, and nothing tells them apart. Put what it is for into the link and compare it here, or use a key for each.",
      signedAlike:
        "One key signs access and refresh tokens, and both say the same, so nobody can tell them apart, and a refresh token passes wherever an access token is asked for. Put the type into each token and compare it, or use a key for each.",
      opensSession:
        "Whoever has this {{kind}} token is signed in with it: the key of the sessions signs it, and it says no more than whom it is about, as they do. Put the type into each token and compare it, or use a key for each.",
      missing:
        "{{name}} does not look at what a token was made for, so every token of this key is accepted. Compare its type or audience.",
    },
    schema: [
      {
        type: "object",
        properties: {
          always: {
            type: "boolean",
            description:
              "Whether to report each verification that compares no type, and not only where one key is seen to sign several kinds of tokens.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ always: false }],
  },
  create(context) {
    const [{ always = false } = {}] = context.options as Partial<Options>;
    return {
      Program() {
        const { core, operations } = analyze(context);
        let isReported = false;
        for (const operation of operations) {
          const check = checkOf(core, operation);
          if (check === "some") continue;
          const { name, node } = operation;
          const kinds = confusedKinds(core, operation, operations);
          if (kinds.length > 0) {
            const data = { name, kinds: listed(kinds) };
            context.report({ node, messageId: "sameKey", data });
            isReported = true;
            continue;
          }
          const claim = unreadMark(core, operation, operations);
          const key = sessionKeyOfLink(core, operation, operations);
          if (claim !== undefined) {
            context.report({ node, messageId: "unreadMark", data: { name, claim } });
          } else if (key !== undefined) {
            context.report({ node, messageId: "sessionKey", data: { key } });
          } else if (always && check === "none") {
            context.report({ node, messageId: "missing", data: { name } });
          }
        }
        if (isReported) return;
        for (const { refresh } of twinTokens(core, operations))
          context.report({ node: refresh.node, messageId: "signedAlike" });
        for (const node of namedTwins(core)) context.report({ node, messageId: "signedAlike" });
        for (const { node, kind } of sessionTwins(core, operations))
          context.report({ node, messageId: "opensSession", data: { kind } });
      },
    };
  },
});

/** Settings that tell one kind of token from another. */
const TELLING = ["type", "audience", "subject", "jti"] as const;

/**
 * Does the call or the file compare what a token is for? Where only the registration of a module may
 * say so, for all tokens alike, it does not tell the module's own tokens apart.
 */
function checkOf(core: Core, operation: Operation): "none" | "none-in-sight" | "some" {
  const { entity, kind, wrapper } = operation;
  if (kind !== "verify" && kind !== "middleware" && kind !== "strategy") return "some";
  if (wrapper !== undefined || entity.issuedBy !== undefined) return "some";
  if (entity.checks?.audience === "required") return "some";
  const states = new Set(TELLING.map((role) => operation.option(role).state));
  const isInherited = entity.inherits !== undefined && entity.inherits !== false;
  if (states.has("set")) return "some";
  if (states.has("unknown") && (!isInherited || isOutOfSight(operation))) return "some";
  if ([...KIND_CLAIMS, "aud"].some((claim) => readsClaim(core, operation, claim))) return "some";
  if (comparesKeyName(core, operation)) return "some";
  return states.has("unknown") ? "none-in-sight" : "none";
}

function isOutOfSight({ open, options }: Operation): boolean {
  return open || (options !== undefined && (options.value.type !== "object" || options.value.open));
}

/** The kinds of tokens that the verification takes for each other. */
function confusedKinds(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): string[] {
  const issued = issuedWithKeyOf(core, operation, operations).filter(
    (one) => !isRefusedKind(core, operation, one),
  );
  const alike = issued.filter((one) =>
    issued.some((other) => other.kind !== one.kind && areAlike(core, one, other)),
  );
  // Refresh tokens that are signed elsewhere, with the key of the access tokens that are given for them
  const renewed = isOfRefresh(operation)
    ? issued.filter((one) => one.kind === "access" && carriesOn(one, operation))
    : [];
  const confused = [...alike, ...renewed];
  if (confused.length === 0 || isLookedUp(core, operation, operations)) return [];
  if (refusesByOwnClaim(core, operation, confused)) return [];
  if (isJustSigned(operation)) return [];
  if (isOnRecord(core, operation) || isKeptForPurpose(core, operation)) return [];
  if (confused.some((one) => isMarked(one)) && isHandedOn(core, operation)) return [];
  const kinds = confused.map(({ kind }: IssuedToken) => kind);
  return [...new Set(renewed.length === 0 ? kinds : [...kinds, "refresh"])].sort();
}

export default rule;
