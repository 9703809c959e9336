import { analyze } from "../analysis/analysis.ts";
import type { Argument } from "../analysis/operations/arguments.ts";
import { signedTokens } from "../analysis/operations/handmade-signature.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { toldSecrets } from "../analysis/issuance/told-secrets.ts";
import { isReadable } from "../analysis/payloads/encryption.ts";
import { isHarmless } from "../analysis/payloads/harmless.ts";
import { payloadParts } from "../analysis/payloads/parts.ts";
import type { PayloadPart } from "../analysis/payloads/parts.ts";
import { readSecrets } from "../analysis/payloads/read-secrets.ts";
import { wholeRecord } from "../analysis/payloads/records.ts";
import {
  isOneTimeCode,
  isSureSecret,
  plainName,
  sensitivityOf,
} from "../analysis/payloads/sensitive-names.ts";
import { isTokenRecord } from "../analysis/payloads/token-records.ts";
import { isVendorId, isWeChatKey } from "../analysis/payloads/vendor-ids.ts";
import { writtenSecrets } from "../analysis/payloads/written-secrets.ts";
import { dottedPath, staticKey } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";
import { leaveOut, signIdentifier } from "./kit/payload-edits.ts";
import type { PayloadEdit } from "./kit/payload-edits.ts";

interface RuleOptions {
  readonly personalData?: "off" | "report";
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

type Finding = "secret" | "record" | "recordWithSecret" | "personal" | "denied";
type MessageIds = Finding | "readSecret" | "readCode" | "removeClaim" | "signIdentifier";

const DEFAULTS = { personalData: "off", allow: ["email"], deny: [] } as const;

const rule: JwtRule = createRule<[RuleOptions], MessageIds>({
  name: "no-sensitive-payload",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets and whole user records in the payload of a token",
      group: "issuance",
      recommended: "recommended",
      messages: {
        secret: "high",
        readSecret: "high",
        readCode: "high",
        recordWithSecret: "high",
        record: "medium",
        personal: "policy",
        denied: "policy",
        removeClaim: "high",
        signIdentifier: "medium",
      },
      cwe: ["CWE-201", "CWE-522", "CWE-359"],
      rfc: ["RFC 7519 section 12"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      secret:
        "{{name}} is a secret, and everybody who holds the token can read its payload. Leave it out, and look it up where it is needed.{{origin}}",
      readSecret:
        "{{name}} is a secret that is looked for in the claims of the token here, so tokens carry it, and everybody who holds one can read it. Leave it out where they are signed, and put a version of it there instead.",
      readCode:
        "{{name}} is a code that is looked for in the claims of the token here, so whoever asks for one can read it in the token, and need not receive the message with it. Leave it out where tokens are signed, and keep it on the server until it is entered.",
      recordWithSecret:
        "The whole record {{name}} goes into the token with its {{secret}}, and everybody who holds the token can read it. Sign only what the receiver needs, such as the id.{{origin}}",
      record:
        "The whole record {{name}} goes into the token with all that is stored about the person, and everybody who holds the token can read it. Sign only what the receiver needs, such as the id.{{origin}}",
      personal:
        "{{name}} is personal data, and everybody who holds the token can read its payload. Leave it out, or allow it in the options of this rule.{{origin}}",
      denied:
        "{{name}} may not stand in a payload, by the options of this rule, as everybody who holds the token can read it. Leave it out.{{origin}}",
      removeClaim: "Remove {{name}} from the payload.",
      signIdentifier: "Sign {{edit}} instead.",
    },
    schema: [
      {
        type: "object",
        properties: {
          personalData: {
            type: "string",
            enum: ["off", "report"],
            description: "Whether claims that hold personal data are reported, too.",
          },
          allow: {
            type: "array",
            items: { type: "string" },
            description: "Names of claims that are never reported.",
          },
          deny: {
            type: "array",
            items: { type: "string" },
            description: "Names of claims that are reported besides those that the rule knows.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [DEFAULTS],
  },
  create(context) {
    const [options = {}] = context.options as Partial<[RuleOptions]>;
    const { personalData = DEFAULTS.personalData } = options;
    const allowed = new Set((options.allow ?? DEFAULTS.allow).map(plainName));
    const denied = new Set((options.deny ?? DEFAULTS.deny).map(plainName));

    return {
      Program() {
        const { sourceCode, cwd } = context;
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const operation of signedTokens(analysis)) {
          const { payload } = operation;
          if (payload === undefined || !isReadable(analysis.core, operation)) continue;
          // What a callback waits for may be read later.
          const until = operation.callback === undefined ? operation.node : undefined;
          for (const part of payloadParts(analysis.core, payload, until))
            check(operation, payload, part, until);
          // Of a whole record that has been said.
          if (!isFirst(payload.node)) continue;
          for (const one of writtenSecrets(analysis.core, payload.node, operation.node))
            reportNode("secret", one.node, one.name);
        }
        for (const { node, name } of readSecrets(analysis))
          reportNode(isOneTimeCode(name) ? "readCode" : "readSecret", node, name);
        for (const { node, name, maker } of toldSecrets(analysis))
          reportNode(
            "secret",
            node,
            name,
            ` ${named(maker)}, as its name says, makes a token of it.`,
          );

        function reportNode(
          messageId: "secret" | "readSecret" | "readCode",
          node: Node,
          name: string,
          origin = "",
        ): void {
          if (allowed.has(plainName(name)) || !isFirst(node, name)) return;
          context.report({ node, messageId, data: { name: named(name), origin } });
        }

        function check(
          operation: Operation,
          payload: Argument,
          part: PayloadPart,
          until: Node | undefined,
        ): void {
          const { name, node, expression } = part;
          const finding = findingOf(part, operation.key);
          if (finding !== undefined && name !== undefined) {
            const about = { name: named(finding === "secret" ? secretName(part, name) : name) };
            report(payload, part, finding, about, leaveOut(sourceCode, node));
          }
          // What stands under a name is looked at as a whole in a part of its own.
          if (name !== undefined || allowed.has(plainName(holderName(part) ?? ""))) return;
          const record = wholeRecord(analysis.core, expression, until);
          if (record === undefined) return;
          const { secret } = record;
          report(
            payload,
            part,
            secret === undefined ? "record" : "recordWithSecret",
            {
              name: named(record.name),
              ...(secret === undefined ? {} : { secret: named(secret) }),
            },
            signIdentifier(operation, payload.node, node, expression),
          );
        }

        function findingOf(
          { name, expression, value }: PayloadPart,
          key: Argument | undefined,
        ): Finding | undefined {
          if (name === undefined || allowed.has(plainName(name))) return undefined;
          if (denied.has(plainName(name))) return "denied";
          const sensitivity = isWeChatKey(analysis.core, name, expression)
            ? "secret"
            : sensitivityOf(name);
          if (isHarmless(expression, value, name)) return undefined;
          if (isTokenRecord(analysis.core, expression)) return undefined;
          if (key !== undefined && isVendorId(name, expression, value, key)) return undefined;
          if (sensitivity === "secret") return "secret";
          const source = dottedPath(expression)?.at(-1);
          if (source !== undefined && isSureSecret(source)) return "secret";
          return sensitivity === "personal" && personalData === "report" ? "personal" : undefined;
        }

        function report(
          payload: Argument,
          part: PayloadPart,
          messageId: Finding,
          about: Record<string, string>,
          remedy: PayloadEdit | undefined,
        ): void {
          const { node, origin } = placeOf(analysis, part.node, payload.node, cwd);
          if (!isFirst(node, part.name)) return;
          const isOffered = remedy !== undefined && node === part.node;
          const data = { ...about, origin };
          context.report({ node, messageId, data, suggest: isOffered ? [remedy] : [] });
        }
      },
    };
  },
});

/** What is a secret: `password`, and `user.password` of `{ id: user.password }`. */
function secretName({ expression }: PayloadPart, name: string): string {
  const path = dottedPath(expression);
  const isOther = sensitivityOf(name) !== "secret" && isSureSecret(path?.at(-1) ?? "");
  return isOther ? (path?.join(".") ?? name) : name;
}

/** The name that a whole thing is put under. */
function holderName({ node }: PayloadPart): string | undefined {
  return node.type === "Property" ? staticKey(node.key, node.computed) : undefined;
}

export default rule;
