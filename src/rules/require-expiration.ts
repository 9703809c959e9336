import { analyze } from "../analysis/analysis.ts";
import type { Core } from "../analysis/core.ts";
import type { Argument } from "../analysis/operations/arguments.ts";
import { signedTokens } from "../analysis/operations/handmade-signature.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { isProviderToken } from "../analysis/payloads/addressees.ts";
import { endsByItself } from "../analysis/payloads/own-expiry.ts";
import { endlessCalls } from "../analysis/payloads/endless-calls.ts";
import { endlessModules } from "../analysis/payloads/endless-modules.ts";
import { payloadExpiry } from "../analysis/payloads/payload.ts";
import type { PayloadExpiry } from "../analysis/payloads/payload.ts";
import { isOnlyStored } from "../analysis/payloads/stored-only.ts";
import { unwrap } from "../analysis/syntax.ts";
import { must, possibilities } from "../analysis/values/value.ts";
import type { Entity, OptionModel, TimeGrammar } from "../libraries/types.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { addOption, addProperty, addSetter, quoted } from "./kit/edits.ts";
import { tokenTypes } from "./kit/token-type.ts";

type MessageIds = "missing" | "missingInOptions" | "textPayload" | "addLifetime";

const MESSAGES = { text: "textPayload", absent: "missing", hidden: "missingInOptions" } as const;

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-expiration",
  meta: {
    type: "problem",
    docs: {
      description: "Require tokens to expire",
      group: "issuance",
      recommended: "recommended",
      messages: {
        missing: "high",
        missingInOptions: "medium",
        textPayload: "high",
        addLifetime: "high",
      },
      cwe: ["CWE-613"],
      rfc: ["RFC 7519 section 4.1.4", "RFC 8725 section 3.10"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "The token never expires, so a stolen one works forever. Limit its life with {{remedy}}.",
      missingInOptions:
        "{{name}} is told no lifetime, so unless the payload brings an exp claim of its own, the token never expires. Set a lifetime with {{remedy}}.",
      textPayload:
        "The token never expires, and a payload that is a text cannot carry an exp claim. Sign an object, and limit its life with {{remedy}}.",
      addLifetime: "Add {{edit}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        for (const operation of signedTokens(analysis)) {
          if (!isEndless(analysis.core, operation)) continue;
          if (endsByItself(analysis, operation) || isOnlyStored(analysis.core, operation)) continue;
          const expiry = payloadExpiry(analysis.core, operation);
          report(operation, expiry);
          if (expiry !== "possible") continue;
          const { remedy } = mend(operation);
          for (const node of endlessCalls(analysis.core, operation))
            context.report({ node, messageId: "missing", data: { remedy } });
        }
        for (const module of endlessModules(analysis)) report(module, "absent");

        function report(operation: Operation, payload: PayloadExpiry): void {
          if (payload === "possible") return;
          const { node, name } = operation;
          const { remedy, edit, fix } = mend(operation);
          context.report({
            node,
            messageId: MESSAGES[payload],
            data: payload === "hidden" ? { name, remedy } : { remedy },
            // A lifetime beside a text payload makes the library throw.
            suggest:
              fix === undefined || payload === "text"
                ? []
                : [{ messageId: "addLifetime", data: { edit }, fix }],
          });
        }

        /** By option, by setter, or in the payload: as the library has it. */
        function mend(operation: Operation) {
          const { sourceCode } = context;
          const [option, model] = lifetimeOption(operation) ?? [];
          const hour = hourIn(model?.grammar) ?? quoted(sourceCode, "1h");
          // Beside a text it throws.
          if (option !== undefined && operation.payload?.isText !== true) {
            const edit = `${option}: ${hour}`;
            return { remedy: option, edit, fix: addOption(sourceCode, operation, edit) };
          }
          const [setter, grammar] = expirationSetter(operation) ?? [];
          if (setter !== undefined) {
            const isDate = grammar === "epoch-milliseconds";
            const edit = `${setter}(${isDate ? "Date.now() + 3600000" : hour})`;
            return { remedy: setter, edit, fix: addSetter(operation, edit) };
          }
          const edit = "exp: Math.floor(Date.now() / 1000) + 3600";
          const claims = unwrap(operation.payload?.node ?? operation.node);
          return {
            remedy: "an exp claim in the payload",
            edit,
            fix:
              claims.type === "ObjectExpression"
                ? addProperty(sourceCode, claims, edit)
                : undefined,
          };
        }
      },
    };
  },
});

/** Signs claims, and is certainly told neither a lifetime nor a date. */
function isEndless(core: Core, operation: Operation): boolean {
  const { kind, entity, wrapper } = operation;
  if (kind !== "sign" || entity.claims === undefined || wrapper !== undefined) return false;
  if (entity.defaultLifetime !== undefined) return false;
  return (
    operation.option("lifetime", "call").state === "absent" &&
    operation.option("expiresAt", "call").state === "absent" &&
    !isRefused(operation) &&
    !isTimelessByStandard(core, operation) &&
    !isProviderToken(core, operation)
  );
}

/** A lifetime under a name for which the library throws, or the options in the key's place: no token is made. */
function isRefused({ entity, ignored, key }: Operation): boolean {
  if (entity.rejectsUnknownOptions !== true) return false;
  return (
    ignored.some(({ role }) => role === "lifetime") || (key !== undefined && isSwapped(entity, key))
  );
}

/** `jwt.sign(claims, { expiresIn: "1d" }, key)`: an object that is no key throws (7.4.3, 8.5.1, 9.0.3). */
function isSwapped({ options }: Entity, { value }: Argument): boolean {
  return must(
    value,
    (one) =>
      one.type === "object" && Object.keys(options ?? {}).some((name) => one.properties.has(name)),
  );
}

/**
 * Proofs and events that a standard makes without `exp`: DPoP (RFC 9449 section 4.2), key binding,
 * credential proofs, security events (RFC 8417 section 2.2), verifiable credentials.
 */
function isTimelessByStandard(core: Core, operation: Operation): boolean {
  const { payload } = operation;
  const claims = payload === undefined ? [] : possibilities(payload.value);
  return (
    claims.some((value) => value.type === "object" && value.properties.has("events")) ||
    tokenTypes(core, operation).some((type) =>
      /^(?:dpop|kb|secevent|openid4vci-proof|vc|vp|dc|ppt|passport)\b/u.test(type),
    )
  );
}

/** What the library calls the option, where it has one, and how it is read. */
function lifetimeOption({ entity }: Operation): readonly [string, OptionModel] | undefined {
  for (const [name, models] of Object.entries(entity.options ?? {})) {
    const model = [models]
      .flat()
      .find((one) => one.role === "lifetime" && one.ignored === undefined);
    if (model !== undefined) return [name, model];
  }
  return undefined;
}

/** An hour, where only a number is read. */
function hourIn(grammar: TimeGrammar | undefined): string | undefined {
  if (grammar === "seconds") return "3600";
  return grammar === "milliseconds" ? "3600000" : undefined;
}

/** The setter of a builder. */
function expirationSetter({
  library,
  path,
}: Operation): readonly [string, TimeGrammar?] | undefined {
  const [instance, method] = path.split("#.");
  if (method === undefined) return undefined;
  const prefix = `${instance ?? ""}#.`;
  const found = Object.entries(library.entities).find(
    ([name, { sets }]) => name.startsWith(prefix) && sets === "expiresAt",
  );
  if (found === undefined) return undefined;
  const [name, { grammar }] = found;
  return grammar === undefined ? [name.slice(prefix.length)] : [name.slice(prefix.length), grammar];
}

export default rule;
