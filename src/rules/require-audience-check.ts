import { analyze } from "../analysis/analysis.ts";
import { comparesKind } from "../analysis/trust/kind-checks.ts";
import {
  isSignedByProvider,
  looksAtAudience,
  uncomparedTokenInfo,
} from "../analysis/trust/public-providers.ts";
import { restsOnSignatureAlone } from "../analysis/trust/signature-only.ts";
import { userInfoSignIns } from "../analysis/issuance/user-info.ts";
import type { JwtRule } from "../types.ts";
import { asksForClaims, isWritten, unchecked } from "./kit/claim-check.ts";
import { createRule } from "./kit/create-rule.ts";
import { addOption, quoted } from "./kit/edits.ts";

type Options = [{ readonly onlyPublicProviders?: boolean }];
type MessageIds =
  | "missingAtProvider"
  | "signatureOnly"
  | "tokenInfo"
  | "userInfo"
  | "missing"
  | "missingWithOwnKey"
  | "passesWithout"
  | "addOption";

/** A text rather than an environment variable: where that is not set, nothing would be checked. */
const PLACEHOLDER = "https://api.example.com";

const rule: JwtRule = createRule<Options, MessageIds>({
  name: "require-audience-check",
  meta: {
    type: "problem",
    docs: {
      description: "Require verification to check the audience of a token",
      group: "verification",
      recommended: "strict",
      recommendedOptions: [{ onlyPublicProviders: true }],
      messages: {
        missingAtProvider: "high",
        signatureOnly: "high",
        tokenInfo: "high",
        userInfo: "high",
        missing: "medium",
        missingWithOwnKey: "policy",
        passesWithout: "low",
        addOption: "medium",
      },
      cwe: ["CWE-345", "CWE-287"],
      rfc: ["RFC 8725 section 3.9", "RFC 7519 section 4.1.3"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missingAtProvider:
        "{{name}} accepts the tokens that the provider makes for every app, so whoever runs one can sign in here as its users. Set {{option}} to the client ID of this app.",
      signatureOnly:
        "{{name}} looks at the signature alone, and the provider signs the tokens of every app, so whoever runs one can sign in here as its users. Compare aud with the client ID of this app.",
      tokenInfo:
        "Google answers for the tokens of every app, so whoever runs one can sign in here as its users. Compare aud of the answer with the client ID of this app.",
      userInfo:
        "{{provider}} answers for the access tokens of every app, so whoever runs one can sign in here as its users. Find out first for which app the token was made, or exchange a code for it.",
      missing:
        "{{name}} accepts tokens that were made for another service, so whoever runs one can use them here. Set {{option}} to the name of this service.",
      missingWithOwnKey:
        "{{name}} accepts every token of this key, whatever it was made for. Set {{option}}, so that tokens for one purpose fail for another.",
      passesWithout:
        "{{option}} is compared only where a token has the claim, so one without aud passes. Name aud among the required claims.",
      addOption: "Add {{edit}}, with the right value in its place.",
    },
    schema: [
      {
        type: "object",
        properties: {
          onlyPublicProviders: {
            type: "boolean",
            description:
              "Whether to report only tokens of providers that sign for everybody's apps, such as Google and Apple.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ onlyPublicProviders: false }],
  },
  create(context) {
    const [{ onlyPublicProviders = false } = {}] = context.options as Partial<Options>;
    return {
      Program() {
        const analysis = analyze(context);
        for (const node of uncomparedTokenInfo(analysis))
          context.report({ node, messageId: "tokenInfo" });
        for (const { node, provider } of userInfoSignIns(analysis))
          context.report({ node, messageId: "userInfo", data: { provider } });
        for (const operation of analysis.operations)
          if (
            isSignedByProvider(analysis, operation) &&
            restsOnSignatureAlone(analysis.core, operation, analysis.operations, {
              isAsked: looksAtAudience,
              isOfProvider: true,
            })
          )
            context.report({
              node: operation.node,
              messageId: "signatureOnly",
              data: { name: operation.name },
            });
        const value = quoted(context.sourceCode, PLACEHOLDER);
        for (const finding of unchecked(analysis, { role: "audience", claim: "aud", value })) {
          const { operation, node, isIfPresent, isKeyOfOthers, isPublicProvider } = finding;
          if (onlyPublicProviders && !isPublicProvider) continue;
          // With a key of its own, a program may call what a token is for by another claim.
          const isOwnKey = !isKeyOfOthers && !isPublicProvider;
          const { core, operations } = analysis;
          if (isOwnKey && !isIfPresent && comparesKind(core, operation, operations)) continue;
          const { option, edit } = finding;
          // What stands there without effect is mended by no-ineffective-option, and what the token says by hand.
          const isMendedElsewhere =
            operation.registration !== undefined ||
            finding.isEchoed ||
            (isIfPresent ? asksForClaims(operation) : isWritten(operation, "audience"));
          const fix = isMendedElsewhere
            ? undefined
            : addOption(context.sourceCode, operation, edit);
          context.report({
            node,
            messageId: isIfPresent
              ? "passesWithout"
              : isPublicProvider
                ? "missingAtProvider"
                : isKeyOfOthers
                  ? "missing"
                  : "missingWithOwnKey",
            data: isIfPresent ? { option } : { name: operation.name, option },
            suggest: fix === undefined ? [] : [{ messageId: "addOption", data: { edit }, fix }],
          });
        }
      },
    };
  },
});

export default rule;
